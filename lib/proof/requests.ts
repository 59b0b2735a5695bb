import type { Flow } from '../plan/flow';
import type { Traffic } from '../reach/traffic';
import type { Verdict } from '../reach/verdict';

/** What flows mean of HTTP, in the words in which the engine tells what a rule asks for; undefined for all of it. */
function meant(flows: readonly Flow[]): readonly string[] | undefined {
  const texts: string[] = [];
  for (const { http } of flows) {
    if (http === undefined) return undefined;
    for (const { method, path } of http)
      texts.push(['HTTP', method, path].filter((part) => part !== undefined).join(' '));
  }
  return [...new Set(texts)].sort();
}

/** Requests at the ports of a flow: which of those that flows mean do not pass, and which pass that no flow means. */
export function requestsOf(
  { narrowed }: Verdict,
  traffic: Traffic,
  flows: readonly Flow[],
): { readonly missing: readonly string[]; readonly extra: readonly string[] } | undefined {
  const wanted = meant(flows);
  const asked = narrowed
    .filter((part) => part.traffic.overlaps(traffic))
    .flatMap(({ to }) => to)
    // What every look-up passes is no narrowing: Cilium reads the answers of DNS that way.
    .filter((text) => text !== 'DNS *');
  if (asked.length === 0) return wanted === undefined ? undefined : { missing: [], extra: ['every request'] };
  return {
    missing:
      wanted === undefined ? [`what is not ${asked.join(' or ')}`] : wanted.filter((text) => !asked.includes(text)),
    extra: wanted === undefined ? [] : asked.filter((text) => !wanted.includes(text)),
  };
}
