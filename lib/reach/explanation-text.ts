import type { Explanation, SideExplanation } from './explain';
import { Traffic } from './traffic';

/** An explanation as a person reads it. */
export function explanationText(explanation: Explanation): string {
  const { from, to, asked, allowed, denied, open, narrowed, sides } = explanation;
  const lines = [`${from} → ${to}${asked.equals(Traffic.all) ? '' : `, ${asked}`}`];
  if (!allowed.isEmpty) lines.push(`  allowed: ${allowed}`);
  for (const part of narrowed)
    lines.push(`    only if: ${part.to.join(', ')}${part.traffic.equals(allowed) ? '' : ` (${part.traffic})`}`);
  for (const { traffic, why } of open) lines.push(`  undefined: ${traffic}`, `    ${why}`);
  if (!denied.isEmpty) lines.push(`  denied: ${rest(denied, asked)}`);
  for (const side of sides) lines.push('', ...sideLines(side));
  return `${lines.join('\n')}\n`;
}

function sideLines({ direction, endpoint, policies, decisions, changes }: SideExplanation): string[] {
  const lines = [`${direction} of ${endpoint}`];
  for (const { id, place, isolates } of policies)
    lines.push(`  ${id} (${place}) is for it${isolates ? '' : ', and denies nothing by itself'}`);
  for (const { traffic, verdict, by } of decisions)
    lines.push(`  ${verdict}: ${rest(traffic, Traffic.all)}`, `    ${by}`);
  return [...lines, ...changes.map((change) => `  ${change}`)];
}

/** What is left of everything needs no list of its ports. */
function rest(traffic: Traffic, asked: Traffic): string {
  return asked.isAll && !traffic.isAll && traffic.holdsAll('sctp') ? 'everything else' : traffic.toString();
}
