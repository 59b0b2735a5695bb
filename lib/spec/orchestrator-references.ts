import { nearest } from '../text/suggest';
import { invalid } from './faults';
import type { Finding } from './finding';
import { items, keysOf, textOf } from './names';
import { ROLES } from './node';
import { isMapping, member, valueAt } from './walk';
import { wrongWord } from './wording';

/** What a spec has that K3s alone can carry, and what K3s or the Swarm lacks. */
export function orchestratorFindings(raw: unknown): Finding[] {
  const hasK3s = isMeant(raw, 'k3s');
  if (!hasK3s && !isMeant(raw, 'swarm')) return [neither(raw)];
  return [...(hasK3s ? withK3s(raw) : withoutK3s(raw)), ...doubled(raw)];
}

/** Whether a key is there, or one that was probably meant to be it, which is reported by itself. */
function isMeant(mapping: unknown, key: string): boolean {
  if (member(mapping, key) !== undefined) return true;
  return keysOf(mapping).some((other) => other !== key && nearest(other, [key]) !== undefined);
}

function neither(raw: unknown): Finding {
  const network = keysOf(member(raw, 'networks')).toSorted()[0] ?? 'NETWORK';
  return invalid(
    ['k3s'],
    'is missing, and so is swarm: a cluster has K3s, Docker Swarm or both',
    `k3s: { nodeNetwork: ${network} } and cni: { kind: flannel }; or swarm, with its managers`,
  );
}

function withK3s(raw: unknown): Finding[] {
  const nodes = member(raw, 'nodes');
  const roles = keysOf(nodes)
    .filter((node) => isMapping(member(nodes, node)) && !isMeant(member(nodes, node), 'role'))
    .map((node) => {
      const { message, fix } = wrongWord(ROLES, undefined);
      return invalid(['nodes', node, 'role'], message, fix);
    });
  const cni = isMeant(raw, 'cni') ? [] : [invalid(['cni'], 'is missing; it must be a mapping with kind')];
  return [...cni, ...roles];
}

/** Parts of a spec that are made of Kubernetes objects, or lead to them. */
const OF_K3S = ['api', 'apps', 'certificates', 'cni', 'gitops', 'ingress', 'loadBalancers', 'tunnels'];

function withoutK3s(raw: unknown): Finding[] {
  const parts = OF_K3S.filter((key) => !isEmpty(member(raw, key))).map((key) =>
    invalid([key], `${key} is for K3s, and this cluster has a Swarm alone`, 'leave it out, or add k3s'),
  );
  const roles = keysOf(member(raw, 'nodes'))
    .filter((node) => valueAt(raw, ['nodes', node, 'role']) !== undefined)
    .map((node) =>
      invalid(
        ['nodes', node, 'role'],
        'a role is for K3s, and this cluster has a Swarm alone, whose managers stand at swarm.managers',
        'leave it out, or add k3s',
      ),
    );
  return [...parts, ...roles];
}

function isEmpty(value: unknown): boolean {
  if (value === undefined) return true;
  if (Array.isArray(value)) return value.length === 0;
  return isMapping(value) && Object.keys(value).length === 0;
}

const swarmManagers = (raw: unknown) => items(raw, 'swarm', 'managers').flatMap((name) => textOf(name) ?? []);

/** Of an even number one more than half must live: a manager more, and not one more failure survived. */
export function evenManagers(raw: unknown): Finding[] {
  const names = [...new Set(swarmManagers(raw))];
  if (names.length === 0 || names.length % 2 === 1) return [];
  const majority = names.length / 2 + 1;
  const spare = names.length - majority;
  const others = keysOf(member(raw, 'nodes'))
    .filter((node) => !names.includes(node))
    .toSorted();
  const fewer = names.slice(0, -1);
  const problem = `${names.length} managers need ${majority} to agree, and survive ${spare === 0 ? 'the loss of none' : `the loss of ${spare}`}, as ${fewer.length} would`;
  const more = others[0] === undefined ? '' : `, or [${[...names, others[0]].join(', ')}]`;
  return [invalid(['swarm', 'managers'], problem, `[${fewer.join(', ')}]${more}`)];
}

function doubled(raw: unknown): Finding[] {
  const names = swarmManagers(raw);
  return names.flatMap((name, i) =>
    names.indexOf(name) === i
      ? []
      : [invalid(['swarm', 'managers', i], `${name} stands in the list of managers twice`, 'leave it out here')],
  );
}
