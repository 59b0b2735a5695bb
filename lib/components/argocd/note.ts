import type { Note } from '../../plan/declares';
import type { Cluster } from '../../spec/cluster';
import { RELEASE } from './names';
import type { ArgocdOptions } from './options';
import { gitHost } from './repository';

/** How changes arrive, and what an operator does once, for the document. */
export function argocdNotes(options: ArgocdOptions, spec: Cluster): Note[] {
  const { host } = gitHost(options.repository);
  const folder = `${options.path}/${spec.name}`;
  const how = options.automated
    ? 'It applies them by itself, and undoes what is changed by hand in the cluster.'
    : 'It shows what differs; a person applies it.';
  return [
    {
      section: 'delivery',
      title: 'How changes arrive',
      text: [
        `Argo CD pulls \`${folder}\` from \`${options.repository}\` (${host}, revision \`${options.revision}\`). ${how}`,
        ...pages(options),
        'Components start in the order of their sync waves; a wave waits until the one before it is in place and healthy.',
      ].join('\n'),
    },
    {
      section: 'operations',
      title: 'From the first start to Argo CD',
      text: [
        `K3s applies \`${folder}/bootstrap\` from its manifest directory when the first server starts; after that Argo CD owns the same objects.`,
        `Once Argo CD is healthy, hand its release over: \`kubectl -n kube-system annotate helmchart ${RELEASE} helmcharts.helm.cattle.io/unmanaged=true\`, and beside each of those files in the manifest directory leave an empty one of the same name with \`.skip\` at its end.`,
        'Do not delete a HelmChart object: that uninstalls its release. Do not put newer files into the manifest directory of a cluster that has started.',
        `After a change of \`gitops\` in the spec, apply the Application \`wayleave\` of \`bootstrap\` by hand: it is the one object that Argo CD cannot change for itself.`,
      ].join('\n'),
    },
  ];
}

function pages({ host, namespace }: ArgocdOptions): string[] {
  const forward = `\`kubectl -n ${namespace} port-forward svc/argocd-server 8080:443\``;
  if (host === undefined) return ['Nothing outside calls it: it has no Ingress. To open its pages:', `${forward}.`];
  return [
    `Its pages are at \`${host}\`, by the ingress, where TLS ends; its own port speaks plain HTTP. While the ingress is away: ${forward}, and then \`http://localhost:8080\`.`,
    'Its command line has to speak HTTP/1.1 through an ingress that does not know gRPC: `argocd login --grpc-web`.',
  ];
}
