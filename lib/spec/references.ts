import { appFindings } from './app-references';
import { clusterSchema } from './cluster';
import { unknownName } from './faults';
import { printPath, type Finding, type SpecPath } from './finding';
import { hostsTwice } from './host-references';
import { ingressFindings } from './ingress-references';
import { markOf, type Noun } from './marks';
import { DEFINED_IN, namesOf, type Names } from './names';
import { nodeFindings } from './node-references';
import { visit } from './walk';

/**
 * Names that nothing in the spec bears, and what a spec lacks as a whole. Reads what is written, not what was parsed,
 * so that an error elsewhere hides none of these.
 */
export function referenceFindings(raw: unknown): Finding[] {
  const names = namesOf(raw);
  const findings = new Map<string, Finding>();
  visit(clusterSchema, raw, (schema, value, path) => {
    const noun = markOf(schema).refersTo;
    if (noun === undefined || typeof value !== 'string') return;
    if (!names(noun).includes(value)) findings.set(printPath(path), unknown(names, noun, value, path));
  });
  return [
    ...findings.values(),
    ...nodeFindings(raw, names),
    ...ingressFindings(raw),
    ...appFindings(raw, names),
    ...hostsTwice(raw, names),
  ];
}

function unknown(names: Names, noun: Noun, name: string, path: SpecPath): Finding {
  const kindOfNetwork = noun === 'WireGuard network' || noun === 'tailnet';
  const problem =
    kindOfNetwork && names('network').includes(name)
      ? `${JSON.stringify(name)} is a network, but no ${noun}`
      : `there is no ${noun} ${JSON.stringify(name)}`;
  return unknownName(
    path,
    problem,
    kindOfNetwork ? `${DEFINED_IN[noun]} has of that kind` : `${DEFINED_IN[noun]} has`,
    name,
    names(noun),
  );
}
