import { blocks, bullets, heading, table, text } from '../../../lib/text/markdown';
import { CHAPTERS } from './chapters';
import type { Scenario } from './scenario';
import { answered, expected } from './world';

/** Where an answer is not simply yes or no, and what is done about it. */
const DEVIATIONS: readonly (readonly [string, string])[] = [
  [
    'A pod to itself',
    'Left open, in Kubernetes’ tests too: the specification does not say, and engines differ. The explanation names what K3s, Cilium and Calico do.',
  ],
  [
    'Tests that change a policy, a label or a namespace while they run',
    'Each state is a world of its own here: the engine reads files, and has no time. The state that the test ends in stands in the table.',
  ],
  [
    '`should stop enforcing policies after they are deleted`',
    'Tried as the world without policies, for the same reason.',
  ],
  [
    'Whether packets really pass',
    'Kubernetes’ tests send them through a running engine. Here the text of the policies is judged, and that engines enforce it is taken from their documentation.',
  ],
  [
    'An ipBlock that holds addresses of pods',
    'The specification means blocks for addresses outside the cluster. K3s and Calico compare them with pods too, as Kubernetes’ tests expect; Cilium does not, and the last chapter holds it to that. Where a pod’s address is not in the manifests the answer is left open.',
  ],
  [
    'A block of a rule in what its neighbour excepts',
    'The specification takes every block for itself. K3s keeps the blocks of one rule in one set, and may leave out of one what another excepts: for that engine the answer is left open.',
  ],
  [
    'Pods of the host network',
    'Left open by the specification: not among these scenarios, and judged for each engine by what it is known to do.',
  ],
];

/** docs/conformance.md: every scenario, and whether the engine answers as expected. */
export function conformanceDocument(): string {
  const all = CHAPTERS.flatMap(({ scenarios }) => scenarios);
  const passed = all.filter((scenario) => passes(scenario)).length;
  return `${blocks([
    heading(1, 'Conformance of the reachability engine'),
    'What the engine of `wayleave reach` is held to. This page is made from the tables of `test/reach/scenarios/`, which the tests run: three namespaces with three pods each, some policies, and a truth table of all 72 pairs for each probe. None of it is copied: the scenarios of others are named as they name them, and written here anew.',
    `${all.length} scenarios are tried, ${passed} give the truth table that is expected.`,
    'Beside these the answers of an independent analyser are compared line by line (`test/conformance/reach-oracles.test.ts`), and thousands of random policies with a second evaluator that asks them one by one (`test/reach/*.test.ts`).',
    ...CHAPTERS.flatMap(({ title, origin, scenarios }) => [
      heading(2, title),
      origin,
      table(['Scenario', 'Probes', 'As expected'], scenarios.map(row)),
    ]),
    heading(2, 'Deviations'),
    'Where the engine says less, or something else, than the origin of a scenario:',
    bullets([
      ...DEVIATIONS.map(([what, why]) => `${what}: ${why}`),
      ...all.flatMap(({ name, deviation }) => (deviation === undefined ? [] : [`${text(name)}: ${deviation}`])),
    ]),
  ])}\n`;
}

function row(scenario: Scenario): string[] {
  const probes = scenario.probes.map(({ traffic }) => traffic).join(', ');
  return [text(scenario.name), probes, passes(scenario) ? 'yes' : 'no'];
}

function passes(scenario: Scenario): boolean {
  return scenario.probes.every((probe) => answered(scenario, probe).join() === expected(probe).join());
}
