import { prove } from '../../lib/proof/prove';
import type { Endpoint } from '../../lib/reach/endpoint';
import { Random } from '../host/random';
import { mutate } from './mutate';
import { NETWORKS, treeOf } from './trees';
import { probes, verdictsOf } from './verdicts';

const SEED = Number(process.env.WAYLEAVE_SEED ?? 20261121);
const PER_NETWORK = 200;

test.each(NETWORKS)(`of %s no change of a policy escapes the proof (seed ${SEED})`, (name, spec) => {
  const { plan, objects } = treeOf(spec);
  const before = prove(plan, objects);
  if (before === undefined) throw new Error(`${name} runs no pods`);
  expect(before.findings).toEqual([]);
  const random = new Random(SEED + name.length);
  const known = new Map<string, Map<string, string>>();
  const verdictsBefore = (addresses: readonly Endpoint[]) => {
    const key = addresses.map(({ id }) => id).join();
    const verdicts = known.get(key) ?? verdictsOf(before.world, addresses);
    known.set(key, verdicts);
    return verdicts;
  };
  const silent: string[] = [];
  let named = 0;
  for (let i = 0; i < PER_NETWORK; i++) {
    const mutant = mutate(objects, random);
    const after = prove(plan, mutant.objects);
    if (after === undefined) throw new Error(`${name} runs no pods`);
    const findings = after.findings.filter(({ code }) => code === 'FLOW_BLOCKED' || code === 'FLOW_UNDECLARED');
    if (findings.length > 0) {
      named++;
      // What is deleted is not there to be named: what holds up or lets through without it is.
      if (!mutant.what.includes('deleted') && !findings.some(({ message }) => message.includes(mutant.policy)))
        silent.push(`${mutant.what} is found, and the policy not named`);
      continue;
    }
    const addresses = probes([before.world, after.world]);
    const was = verdictsBefore(addresses);
    const is = verdictsOf(after.world, addresses);
    for (const [pair, verdict] of is)
      if (was.has(pair) && was.get(pair) !== verdict) silent.push(`${mutant.what} changes ${pair}`);
  }
  expect(silent).toEqual([]);
  // Most changes do change a verdict, or this would prove little.
  expect(named).toBeGreaterThan(PER_NETWORK / 2);
});
