import type { Finding } from '../spec/finding';
import { compareText } from '../text/compare';
import { printCapability, type Provided, type Required } from './capability';

/**
 * The order in which components start: each comes after the owners of what it requires itself.
 * A cycle has no order; it is named step by step, and its components share the first wave.
 */
export function waves(
  components: readonly string[],
  provided: readonly Provided[],
  required: readonly Required[],
): { waves: Map<string, number>; findings: Finding[] } {
  const owners = new Map<string, string>();
  for (const one of provided) owners.set(printCapability(one), one.owner);
  const needs = new Map<string, Required[]>(components.map((name) => [name, []]));
  for (const one of required) if (one.usedBy === undefined) needs.get(one.owner)?.push(one);

  const wave = new Map<string, number>();
  const findings: Finding[] = [];
  const visit = (name: string, trail: readonly { owner: string; need?: Required }[]): number => {
    const known = wave.get(name);
    if (known !== undefined) return known;
    const start = trail.findIndex((step) => step.owner === name);
    if (start >= 0) {
      findings.push(cycle(trail.slice(start)));
      return 0;
    }
    let latest = -1;
    for (const need of needs.get(name) ?? []) {
      const owner = owners.get(printCapability(need));
      if (owner === undefined || owner === name) continue;
      latest = Math.max(latest, visit(owner, [...trail, { owner: name, need }]));
    }
    wave.set(name, latest + 1);
    return latest + 1;
  };
  for (const name of [...components].sort(compareText)) visit(name, []);
  return { waves: wave, findings };
}

function cycle(trail: readonly { owner: string; need?: Required }[]): Finding {
  const steps = trail.map(
    ({ owner, need }) => `${owner} needs ${need === undefined ? 'itself' : printCapability(need)}`,
  );
  return {
    code: 'CAPABILITY_CYCLE',
    severity: 'error',
    at: trail.flatMap(({ need }) => (need === undefined ? [] : [need.source])),
    message: `none of these can start first: ${steps.join(', which is owned by a component that comes after it: ')}`,
    fix: 'let one of them reach what it needs by an address that works before the others run',
  };
}
