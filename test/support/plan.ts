import { check } from '../../lib/checks/check';
import { bind, REGISTRY } from '../../lib/components/registry';
import type { Bound } from '../../lib/components/component';
import type { Plan } from '../../lib/plan/plan';
import { resolve } from '../../lib/plan/resolve';
import { Acceptance } from '../../lib/spec/accept';
import { clusterSchema, type ClusterSpec } from '../../lib/spec/cluster';
import type { Finding } from '../../lib/spec/finding';

/** The plan of a spec that is right in form, and what was found on the way to it. */
export function walkTo(spec: ClusterSpec): { plan: Plan; parts: readonly Bound[]; findings: readonly Finding[] } {
  const cluster = clusterSchema.parse(spec);
  const parts = bind(REGISTRY, cluster);
  const outcome = resolve(cluster, parts);
  if (outcome.value === undefined) throw new Error(outcome.findings.map((finding) => finding.message).join('; '));
  return { plan: outcome.value, parts, findings: outcome.findings };
}

export function planOf(spec: ClusterSpec): Plan {
  return walkTo(spec).plan;
}

/** The cluster of most tests has two servers, for short; that they are an even number is said in one test. */
const SMALL = 'small';

/** Everything that is said of a spec that is right in form: by resolving it and by the checks. */
export function findingsOf(spec: ClusterSpec): readonly Finding[] {
  const { plan, findings } = walkTo(spec);
  const accepted = new Acceptance(spec);
  const found = [...accepted.left([...findings, ...check(plan)]), ...accepted.unused(() => true)];
  return found.filter(({ code }) => code !== 'ETCD_EVEN' || spec.name !== SMALL);
}

/** The codes alone, in order, as a test asserts them. */
export function codesOf(spec: ClusterSpec): string[] {
  return findingsOf(spec).map((finding) => finding.code);
}
