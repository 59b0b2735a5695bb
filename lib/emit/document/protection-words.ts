import { OUTSIDE } from '../../plan/claim';
import type { Flow } from '../../plan/flow';
import type { Leg, Protection } from '../../plan/protection';
import { code, text } from '../../text/markdown';
import { isControl } from './words';

/** What keeps a flow from being read, for a cell of a table; bold where nothing does and the network is not trusted. */
export function protectionWords(flow: Flow, { own, legs, exposed }: Protection): string {
  if (isControl(flow)) return 'nothing: a control message';
  const wires = legs.filter((leg) => leg.network !== undefined);
  const carriers = [
    ...new Set(
      wires.flatMap((leg) => (leg.encryptedBy === undefined ? [] : [`${text(leg.encryptedBy)}${place(leg)}`])),
    ),
  ];
  if (own !== undefined) return [text(own), ...carriers].join('; ');
  if (exposed.length > 0)
    return [...new Set(exposed.map((leg) => `**nothing**${place(leg)}${unpromised(leg)}`)), ...carriers].join('; ');
  if (carriers.length > 0) return carriers.join('; ');
  if (wires.length === 0) return 'never leaves the node';
  return [...new Set(wires.map((leg) => `nothing${place(leg)}, which is trusted${unpromised(leg)}`))].join('; ');
}

/** It may be encrypted all the same: nobody should rely on that, nor on its being readable. */
function unpromised({ isUnpromised }: Leg): string {
  return isUnpromised === true ? ' (the pod network may encrypt it, and does not promise to)' : '';
}

function place({ network, stretch }: Leg): string {
  if (network === OUTSIDE || network === undefined) return ' on the internet';
  return stretch === 'between nodes' ? ` between nodes, on ${code(network)}` : ` on ${code(network)}`;
}
