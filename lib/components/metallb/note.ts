import { announcersOf } from '../../plan/announcers';
import type { Note } from '../../plan/declares';
import { EXCLUDE_LABEL, poolsOf } from '../../plan/pool';
import type { Cluster } from '../../spec/cluster';
import type { MetallbOptions } from './options';

/** How an address is given out and found, for the document. */
export function metallbNotes({ mode }: MetallbOptions, spec: Cluster): Note[] {
  const lines = poolsOf(spec)
    .filter(({ owner }) => owner === 'metallb')
    .map((pool) => {
      const nodes = announcersOf(spec, pool);
      return `- \`${pool.name}\`, ${String(pool.addresses)} on ${pool.network}, announced by ${nodes.join(', ')}`;
    });
  const labelled = Object.entries(spec.nodes).filter(([, { labels }]) => labels[EXCLUDE_LABEL] !== undefined);
  const how =
    mode === 'l2'
      ? 'One node at a time answers ARP and neighbour solicitation for an address, so clients must share its link; when that node fails, another takes over and says so by gratuitous ARP.'
      : 'Every announcing node tells the routers by BGP that it leads there, and the routers choose among them.';
  return [
    {
      section: 'services',
      title: 'How LoadBalancer addresses are found',
      text: [
        `MetalLB's controller gives each LoadBalancer Service an address of a pool. ${how} The node then balances to the pods as for any Service.`,
        '',
        ...lines,
        ...(labelled.length === 0
          ? []
          : [
              '',
              `${labelled.map(([name]) => name).join(', ')} announce nothing: they bear the label \`${EXCLUDE_LABEL}\`.`,
            ]),
      ].join('\n'),
    },
  ];
}
