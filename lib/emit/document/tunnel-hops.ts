import { cloudflareTunnels, tunnelTarget } from '../../plan/tunnel';
import { printPort } from '../../plan/flow';
import { list } from '../../text/list';
import { code, text } from '../../text/markdown';
import type { Way } from './way';
import { product } from './words';

/** How a request reaches the pods of a tunnel, up to their own call. */
export function tunnelHops({ plan, entrance, front }: Way, name: string): string[] {
  const tunnel = cloudflareTunnels(plan.spec).find((one) => one.name === name);
  const target = tunnel === undefined ? 'the tunnel' : code(tunnelTarget(tunnel));
  const edge = entrance.ways.map((way) => `${code(printPort(way))} (${text(way.encryptedBy ?? 'in clear')})`);
  return [
    `The client resolves ${code(entrance.host)} to addresses of the proxy’s; the record behind it, a CNAME of ${target}, is not shown to it.`,
    'It speaks TLS with the proxy, on port 443, and that TLS ends there.',
    `${product(front.owner)} calls Cloudflare’s edge on ${list(edge, 'or')} and holds several connections open. The proxy sends the request back inside one of them: no port of the cluster is open for it.`,
    `A pod of ${product(front.owner)} looks ${code(entrance.host)} and path ${code(entrance.path)} up in its rules, which lead to app ${code(entrance.workload)}.`,
  ];
}
