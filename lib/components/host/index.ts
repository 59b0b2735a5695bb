import { register } from '../component';
import { icmpFlows } from './icmp';
import { leaseFlows } from './lease';
import { wayOutFlows } from './way-out';

/** What every machine needs of its network, whatever runs on it: control messages, its lease, its way out. */
export const host = register<Record<string, never>>({
  name: 'host',
  flowTraits: ['everywhere', 'public'],
  options: () => ({}),
  host: () => ({ packages: [{ name: 'tcpdump', reason: 'shows an operator what is on the wire' }] }),
  flows: (_, spec) => [...icmpFlows(spec), ...leaseFlows(spec), ...wayOutFlows(spec)],
});
