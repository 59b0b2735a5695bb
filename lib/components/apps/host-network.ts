import type { Note } from '../../plan/declares';
import { printSelector } from '../../plan/endpoint';
import type { App } from '../../spec/app';
import type { Cluster } from '../../spec/cluster';
import { sortedEntries } from '../../text/compare';
import { code } from '../../text/markdown';

/** What apps on the nodes' own network ask of whoever deploys them, and what guards them, for the document. */
export function hostNetworkNotes(spec: Cluster): Note[] {
  const apps = sortedEntries(spec.apps).filter(([, { hostNetwork }]) => hostNetwork);
  if (apps.length === 0) return [];
  const lines = [
    ...apps.map(([name, app]) => `- ${appLine(name, app)}`),
    '',
    'Network policies do not reach them: a policy selects pods by addresses of their own, and these have none. The firewall of their nodes decides who may call them, by the flows of this document. They bind every address of a node unless their own settings name one.',
    'Whoever deploys them sets `hostNetwork: true`, `dnsPolicy: ClusterFirstWithHostNet` where they call Services by name, and the nodes above; two pods cannot bind one port of a node, so that an update has to stop the old one first (`maxSurge: 0`).',
  ];
  return [{ section: 'firewall', title: 'Apps on the nodes’ own network', text: lines.join('\n') }];
}

function appLine(name: string, { nodes, ports, allowFrom }: App): string {
  const bound = sortedEntries(ports).map(
    ([port, { container, protocol }]) => `${container}/${protocol} (${code(port)})`,
  );
  const what = bound.length === 0 ? 'binds no port that is known here' : `binds ${bound.join(' and ')}`;
  const callers = allowFrom.length === 0 ? '; nobody outside the cluster may call it' : '';
  return `${code(name)} ${what} on ${printSelector(nodes)}${callers}.`;
}
