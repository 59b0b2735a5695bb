import type { Note } from '../../plan/declares';
import { printSelector } from '../../plan/endpoint';
import type { ServicelbOptions } from './options';

/** How a Service is found, and what its pods see, for the document. */
export function servicelbNotes({ nodes }: ServicelbOptions): Note[] {
  return [
    {
      section: 'services',
      title: 'How LoadBalancer Services are found',
      text: [
        `K3s's ServiceLB opens the ports of each LoadBalancer Service on ${printSelector(nodes)}, at the nodes' own addresses: two Services cannot have one port.`,
        'Its pods pass a call on under their own address, so that the app never learns who called; `externalTrafficPolicy: Local` does not change that, but limits the ports to nodes with a pod of the app.',
      ].join(' '),
    },
  ];
}
