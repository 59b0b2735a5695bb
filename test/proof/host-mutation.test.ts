import eddisonso from '../../clusters/eddisonso';
import homelab from '../../clusters/homelab';
import { prove, type Proof } from '../../lib/proof/prove';
import { Range } from '../../lib/net/range';
import { Random } from '../host/random';
import { mutateHosts } from './mutate-hosts';
import { treeOf } from './trees';

const SEED = Number(process.env.WAYLEAVE_SEED ?? 20261121);
const TIMES = 150;

/** All that nodes' own policies say, as texts, of an address of every range that either side tells apart. */
function verdictsOf(proof: Proof, firsts: ReadonlySet<string>): Map<string, string> {
  const verdicts = new Map<string, string>();
  for (const { reach, ends } of proof.hosts) {
    const { strangers } = reach.universes.ingress;
    const peers = [
      ...reach.endpoints.filter(({ kind }) => kind === 'pods' && reach.engine === 'cilium'),
      ...strangers.filter(({ kind }) => kind !== 'outside'),
    ];
    for (const end of ends) {
      const row = reach.row('ingress', end.endpoint);
      const said = (index: number | undefined) =>
        index === undefined || row === undefined ? '' : reach.outsideVerdict('ingress', row.number(index)).denied.key;
      for (const peer of peers)
        if (peer.id !== 'host') verdicts.set(`${peer.id} → ${end.name}`, said(reach.indexOf('ingress', peer)));
      for (const first of firsts) {
        const range = Range.parse(first);
        const index = reach.indexOf('ingress', { kind: 'outside', id: first, range });
        verdicts.set(`${first} → ${end.name}`, said(index));
      }
    }
  }
  return verdicts;
}

const firstsOf = (proof: Proof) =>
  proof.hosts.flatMap(({ reach }) => reach.universes.ingress.outside.map(({ range }) => range.first.toString()));

test.each([
  ['homelab', homelab],
  ['eddisonso', eddisonso],
])(`of %s no change of what guards the nodes escapes the proof (seed ${SEED})`, (name, spec) => {
  const { plan, objects } = treeOf(spec);
  const before = prove(plan, objects);
  if (before === undefined) throw new Error(`${name} runs no pods`);
  expect(before.hosts.length).toBeGreaterThan(0);
  expect(before.findings).toEqual([]);
  const random = new Random(SEED + name.length);
  const silent: string[] = [];
  let named = 0;
  for (let i = 0; i < TIMES; i++) {
    const mutant = mutateHosts(objects, random);
    const after = prove(plan, mutant.objects);
    if (after === undefined) throw new Error(`${name} runs no pods`);
    if (after.findings.length > 0) {
      named++;
      expect(after.findings.map(({ code }) => code)).not.toContain('POLICY_INVALID');
      continue;
    }
    const firsts = new Set([...firstsOf(before), ...firstsOf(after)]);
    const was = verdictsOf(before, firsts);
    for (const [pair, verdict] of verdictsOf(after, firsts))
      if (was.get(pair) !== verdict) silent.push(`${mutant.what} changes ${pair}`);
  }
  expect([...new Set(silent)]).toEqual([]);
  expect(named).toBeGreaterThan(TIMES / 2);
});
