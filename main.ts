import { check } from './lib/checks/check';
import type { Host } from './lib/cli/host';
import { run } from './lib/cli/run';
import type { Walk } from './lib/cli/walk';
import { unavailable } from './lib/components/chosen';
import { bind, REGISTRY } from './lib/components/registry';
import { document } from './lib/emit/document/document';
import { emit } from './lib/emit/emit';
import { resolve } from './lib/plan/resolve';
import { Acceptance } from './lib/spec/accept';
import { hasErrors, withPlaces, type Finding } from './lib/spec/finding';
import { parseCluster } from './lib/spec/parse';

/**
 * The walk: spec, plan, checks, components build, emit. What is sound of a spec is planned and checked beside its
 * errors, so that all are found at once; nothing is built while there is one.
 */
export const walk: Walk = (source, upTo) => {
  const accepted = new Acceptance(source.raw);
  const spec = parseCluster(source.raw, source, accepted);
  if (spec.plannable === undefined) return { source, findings: spec.findings };
  const { cluster, written, misses } = spec.plannable;
  const found = (findings: readonly Finding[]) => [
    ...spec.findings,
    ...accepted.left(findings.filter((one) => !misses(one)).map((one) => withPlaces(one, written))),
  ];
  const missing = unavailable(REGISTRY, cluster);
  if (hasErrors(missing)) return { source, findings: found(missing) };

  const parts = bind(REGISTRY, cluster);
  const plan = resolve(cluster, parts);
  if (plan.value === undefined) return { source, findings: found(plan.findings) };

  const findings = found([...plan.findings, ...check(plan.value)]);
  if (spec.value === undefined) return { source, draft: { plan: plan.value, written }, findings, accepted };
  if (upTo === 'plan' || hasErrors(findings)) return { source, plan: plan.value, findings, accepted };

  const tree = emit(plan.value, parts, document);
  return {
    source,
    plan: plan.value,
    ...(tree.value ? { tree: tree.value } : {}),
    findings: [...findings, ...accepted.left(tree.findings)],
    notices: accepted.left(tree.notices),
    ...(tree.proof ? { proof: tree.proof } : {}),
    accepted,
  };
};

/** The program, as the launcher in `bin/` calls it. */
export async function main(argv: readonly string[], host: Host): Promise<number> {
  return run(argv, host, walk);
}
