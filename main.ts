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
import { hasErrors } from './lib/spec/finding';
import { parseCluster } from './lib/spec/parse';

/** The walk: spec, plan, checks, components build, emit. A step that finds errors is the last. */
export const walk: Walk = (source, upTo) => {
  const accepted = new Acceptance(source.raw);
  const spec = parseCluster(source.raw, source, accepted);
  if (spec.value === undefined) return { source, findings: spec.findings };
  const missing = unavailable(REGISTRY, spec.value);
  if (hasErrors(missing)) return { source, findings: [...spec.findings, ...missing] };

  const parts = bind(REGISTRY, spec.value);
  const plan = resolve(spec.value, parts);
  if (plan.value === undefined) return { source, findings: [...spec.findings, ...plan.findings] };

  const findings = accepted.left([...spec.findings, ...plan.findings, ...check(plan.value)]);
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
