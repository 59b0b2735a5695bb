import type { Chart } from 'cdk8s';
import { HelmChartConfig } from '../../../imports/helm.cattle.io';
import { IntOrString, KubeService } from '../../../imports/k8s';
import { TlsStore } from '../../../imports/traefik.io';
import { balancedSpec } from '../../plan/balanced-service';
import { certificateSecret } from '../../plan/certificate-secret';
import { pinAnnotations } from '../../plan/load-balancer';
import type { Plan } from '../../plan/plan';
import type { Cluster } from '../../spec/cluster';
import { yaml } from '../../text/yaml';
import { addObject } from '../plain-object';
import type { TraefikOptions } from './options';
import { namespaceOf, podLabels, RELEASE } from './place';
import { furtherServices, type FrontService } from './services';
import { addTlsObjects, KIND_COMES_LATER } from './tls-objects';
import { bundledValues } from './values';

/** Values for the chart that K3s bundles, by the one object through which K3s takes them. */
export function addConfig(chart: Chart, options: TraefikOptions, { spec }: Plan): void {
  if (options.install !== 'bundled') return;
  addObject(HelmChartConfig, chart, 'config', {
    metadata: { name: RELEASE, namespace: namespaceOf(options) },
    spec: { valuesContent: yaml(bundledValues(options, spec)) },
  });
}

/** What no chart of Traefik's makes: the Services beyond the first, the certificate for all other names, how TLS is spoken on either side. */
export function addObjects(chart: Chart, options: TraefikOptions, spec: Cluster): void {
  for (const service of furtherServices(options, spec)) addService(chart, options, spec, service);
  addDefaultCertificate(chart, options, spec);
  addTlsObjects(chart, options, spec);
}

function addService(chart: Chart, options: TraefikOptions, spec: Cluster, { name, ...service }: FrontService): void {
  const annotations = pinAnnotations(spec, service.balanced);
  addObject(KubeService, chart, `service-${name}`, {
    metadata: {
      name,
      namespace: namespaceOf(options),
      ...(Object.keys(annotations).length > 0 ? { annotations } : {}),
    },
    spec: {
      type: 'LoadBalancer',
      selector: podLabels(options),
      ports: service.entrypoints.map(({ name: port, bound, dialled }) => ({
        name: port,
        port: dialled,
        targetPort: IntOrString.fromNumber(bound),
        protocol: 'TCP',
      })),
      ...balancedSpec(spec, service.balanced),
    },
  });
}

/** Traefik takes the store of this name, in whichever namespace it lies. Source: Traefik docs, TLSStore. */
function addDefaultCertificate(chart: Chart, { defaultCertificate }: TraefikOptions, spec: Cluster): void {
  const certificate =
    defaultCertificate === undefined ? undefined : spec.certificates?.certificates[defaultCertificate];
  if (defaultCertificate === undefined || certificate === undefined) return;
  addObject(TlsStore, chart, 'default-certificate', {
    metadata: {
      name: 'default',
      namespace: certificate.namespace,
      annotations: KIND_COMES_LATER,
    },
    spec: { defaultCertificate: { secretName: certificateSecret(spec.certificates, defaultCertificate) } },
  });
}
