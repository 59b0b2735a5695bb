import type { PlacedObject } from '../../lib/proof/proof-world';
import type { Random } from '../host/random';
import { loseKey, type Change, type Json, type Mutant } from './mutate';
import { placed } from './trees';

const isHostPolicy = ({ json }: PlacedObject) =>
  json.kind === 'HostEndpoint' ||
  (json.kind === 'GlobalNetworkPolicy' && String((json.metadata as Json).name).includes('wayleave')) ||
  (json.kind === 'CiliumClusterwideNetworkPolicy' && ((json.specs as Json[] | undefined)?.length ?? 0) > 0);

/** Deletes a policy of nodes or one of its rules, or widens one of them. */
export function mutateHosts(objects: readonly PlacedObject[], random: Random): Mutant {
  const victim = random.pick(objects.filter(isHostPolicy));
  const policy = (victim.json.metadata as { readonly name: string }).name;
  const without = objects.filter((one) => one !== victim);
  const copy = structuredClone(victim.json) as Json;
  const [what, change] = random.pick(changesOf(copy));
  const title = `${String(copy.kind)} ${policy}: ${what}`;
  if (change === undefined) return { what: title, policy, objects: without };
  change(random);
  return { what: title, policy, objects: [...without, placed(copy)] };
}

function changesOf(json: Json): Change[] {
  const deleted: Change = ['it is deleted'];
  if (json.kind === 'HostEndpoint') return [deleted];
  return json.kind === 'GlobalNetworkPolicy' ? [deleted, ...ofCalico(json.spec as Json)] : [deleted, ...ofCilium(json)];
}

function ofCilium(json: Json): Change[] {
  const specs = json.specs as { ingress: Json[] }[];
  const rule = (random: Random) => random.pick(random.pick(specs).ingress);
  return [
    ['a rule is deleted', (random) => void specs.splice(random.number(specs.length), 1)],
    ['a rule loses its ports', (random) => loseKey(rule(random), 'toPorts')],
    ['a rule lets in the world', (random) => widen(rule(random))],
    ['a port is made a range', (random) => widenPort(rule(random))],
    ['everything is let in', () => void specs[0]?.ingress.push({ fromEntities: ['all'] })],
  ];
}

function ofCalico(spec: Json): Change[] {
  const rules = spec.ingress as Json[];
  const allow = (random: Random) => random.pick(rules.filter(({ action }) => action === 'Allow'));
  return [
    ['a rule is deleted', (random) => void rules.splice(random.number(rules.length), 1)],
    ['a rule lets in anyone', (random) => loseKey(allow(random), 'source')],
    ['a rule loses its ports', (random) => loseKey(allow(random).destination as Json, 'ports')],
    ['everything is let in', () => void rules.unshift({ action: 'Allow' })],
    ['its selector finds nobody', () => void (spec.selector = "wayleave-host == 'nobody'")],
  ];
}

function widen(rule: Json): void {
  for (const key of ['fromCIDR', 'fromEndpoints']) loseKey(rule, key);
  rule.fromEntities = ['world', 'remote-node'];
}

function widenPort(rule: Json): void {
  const port = ((rule.toPorts as Json[] | undefined)?.[0]?.ports as Json[] | undefined)?.[0];
  if (port !== undefined) port.endPort = 65535;
}
