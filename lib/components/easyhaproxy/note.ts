import type { Note } from '../../plan/declares';
import { selectNodes } from '../../plan/nodes';
import type { Cluster } from '../../spec/cluster';
import { code } from '../../text/markdown';
import type { EasyhaproxyOptions } from './options';

export function easyhaproxyNotes(options: EasyhaproxyOptions, spec: Cluster): Note[] {
  return [{ section: 'ingress', title: 'EasyHAProxy', text: [ports(), tainted(options, spec)].join(' ').trim() }];
}

function ports(): string {
  return `A pod on each of its nodes takes the node's ports 80 and 443 as host ports, by its chart; the chart knows no host network. Packets are sent on to the pod before they reach INPUT, so ${code('ss')} shows no listener, and the firewall judges them by the port that was dialled. It serves Ingresses of the class ${code('easyhaproxy')}, of each host the first path alone and no wildcards, and reads them anew every ten seconds. A host has TLS only where its Ingress names a Secret with the certificate; those of the spec’s apps name none. The chart also takes 1936 and 11936 for statistics and a dashboard; both are off, and no flow opens them.`;
}

/** The chart hands no tolerations to its pods. Source: chart 2.0.2, templates/deployment.yaml. */
function tainted({ nodes }: EasyhaproxyOptions, spec: Cluster): string {
  const without = selectNodes(spec, nodes).filter((name) =>
    spec.nodes[name]?.taints.some((taint) => !taint.endsWith(':PreferNoSchedule')),
  );
  return without.length === 0
    ? ''
    : `Its pods tolerate no taint, and so none runs on ${without.map(code).join(', ')}, whatever the spec wants.`;
}
