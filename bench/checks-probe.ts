import { check } from '../lib/checks/check';
import { RULES } from '../lib/checks/rules';
import { bind, REGISTRY } from '../lib/components/registry';
import { resolve } from '../lib/plan/resolve';
import { parseCluster } from '../lib/spec/parse';
import { largeCluster } from './large-cluster';

/** CPU time of one call, in seconds. */
function cpuSeconds(action: () => unknown): number {
  const before = process.cpuUsage();
  action();
  const { user, system } = process.cpuUsage(before);
  return (user + system) / 1e6;
}

const { value: spec, findings: wrong } = parseCluster(largeCluster());
if (spec === undefined) throw new Error(wrong.map(({ message }) => message).join('; '));
const { value: plan, findings } = resolve(spec, bind(REGISTRY, spec));
if (plan === undefined) throw new Error(findings.map(({ message }) => message).join('; '));

// The first call of a process, as a run of the program makes it: nothing is compiled yet.
const all = cpuSeconds(() => check(plan));
const said = check(plan).map(({ code, message }) => `${code}: ${message}`);
const rules = RULES.map((rule) => [rule.name, cpuSeconds(() => rule(plan))] as const);

process.stdout.write(
  `${JSON.stringify({
    nodes: Object.keys(spec.nodes).length,
    claims: plan.claims.length,
    flows: plan.flows.length,
    cpuSeconds: all,
    slowest: rules.sort(([, a], [, b]) => b - a).slice(0, 5),
    said: said.slice(0, 5),
  })}\n`,
);
