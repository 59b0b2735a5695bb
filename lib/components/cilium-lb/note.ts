import type { Note } from '../../plan/declares';
import { printSelector } from '../../plan/endpoint';
import type { CiliumLbOptions } from './options';

/** How an address is given out and found, for the document. */
export function ciliumLbNotes({ nodes, pools }: CiliumLbOptions): Note[] {
  const networks = [...new Set(Object.values(pools).map(({ network }) => network))].sort().join(' and ');
  return [
    {
      section: 'services',
      title: 'How LoadBalancer addresses are found',
      text: [
        `Cilium's operator gives each LoadBalancer Service an address of a pool. One of ${printSelector(nodes)} holds the lease of that Service and answers ARP and neighbour solicitation for it on ${networks}, so clients must share that link; the node then balances to the pods.`,
        'When it fails, another takes the lease and tells the link by gratuitous ARP.',
        'With `externalTrafficPolicy: Local` a node without a pod of the Service may hold the lease all the same, and then drops the call.',
      ].join(' '),
    },
  ];
}
