import eddisonso from '../../clusters/eddisonso';
import homelab from '../../clusters/homelab';
import { prove, type Proof } from '../../lib/proof/prove';
import type { Endpoint } from '../../lib/reach/endpoint';
import { Random } from '../host/random';
import { mutateHosts } from './mutate-hosts';
import { treeOf } from './trees';
import { probes } from './verdicts';

const SEED = Number(process.env.WAYLEAVE_SEED ?? 20261121);
const TIMES = 150;

/** All that nodes' own policies say, as texts, of some addresses and of all that are known by something else. */
function verdictsOf(proof: Proof, addresses: readonly Endpoint[]): Map<string, string> {
  const verdicts = new Map<string, string>();
  for (const { reach, ends } of proof.hosts) {
    const { strangers } = reach.universes.ingress;
    const peers = [
      ...addresses,
      ...reach.endpoints.filter(({ kind }) => kind === 'pods' && reach.engine === 'cilium'),
      ...strangers.filter(({ kind }) => kind !== 'outside'),
    ];
    for (const end of ends) {
      const row = reach.row('ingress', end.endpoint);
      const said = (index: number | undefined) =>
        index === undefined || row === undefined ? '' : reach.outsideVerdict('ingress', row.number(index)).denied.key;
      for (const peer of peers)
        if (peer.id !== 'host') verdicts.set(`${peer.id} → ${end.name}`, said(reach.indexOf('ingress', peer)));
    }
  }
  return verdicts;
}

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
    const addresses = probes([...before.hosts, ...after.hosts]);
    const was = verdictsOf(before, addresses);
    for (const [pair, verdict] of verdictsOf(after, addresses))
      if (was.get(pair) !== verdict) silent.push(`${mutant.what} changes ${pair}`);
  }
  expect([...new Set(silent)]).toEqual([]);
  expect(named).toBeGreaterThan(TIMES / 2);
});
