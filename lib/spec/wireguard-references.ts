import { fault, invalid } from './faults';
import type { Finding, SpecPath } from './finding';
import { textOf, type Names } from './names';
import { valueAt } from './walk';
import { endOf, hasAddress, hubOf, interfaceOf, isBehindNat, membersOf, nodesOf } from './wireguard-ends';

/**
 * Overlays of which it cannot be told what their ends, their hub or their carrier is; without any key there is no end.
 * Reads what is written, as `references` does.
 */
export function wireguardFindings(raw: unknown, names: Names): Finding[] {
  return names('WireGuard network').flatMap((network) => [
    ...(membersOf(raw, network).length === 0 ? withoutKey(raw, network) : []),
    ...withoutAddress(raw, network),
    ...insideItself(raw, network),
    ...wrongHub(raw, network),
  ]);
}

/** A node with an address on a WireGuard network needs a key there. */
export function withoutKey(raw: unknown, network: string): Finding[] {
  const device = interfaceOf(raw, network) ?? network;
  return nodesOf(raw)
    .filter((node) => hasAddress(raw, node, network) && endOf(raw, node, network) === undefined)
    .map((node) =>
      invalid(
        ['nodes', node, 'wireguard', network],
        `node ${node} has an address on the WireGuard network ${network}, but no key`,
        `make one on the machine, as root: (umask 077; wg genkey | tee /etc/wireguard/${device}.key | wg pubkey), and write the public key that it prints at nodes.${node}.wireguard.${network}.publicKey`,
      ),
    );
}

function withoutAddress(raw: unknown, network: string): Finding[] {
  return nodesOf(raw)
    .filter((node) => endOf(raw, node, network) !== undefined && !hasAddress(raw, node, network))
    .map((node) =>
      fault(
        'NODE_WITHOUT_ADDRESS',
        ['nodes', node, 'addresses', network],
        `node ${node} has a key on the WireGuard network ${network}, but no address there`,
        `write it at nodes.${node}.addresses.${network}`,
      ),
    );
}

/** An overlay whose carrier is, in the end, that overlay. */
function insideItself(raw: unknown, network: string): Finding[] {
  const seen = new Set<string>();
  for (let below: string | undefined = network; below !== undefined && !seen.has(below); ) {
    seen.add(below);
    below = textOf(valueAt(raw, ['networks', below, 'over']));
    if (below !== network) continue;
    const problem = `the tunnels of ${network} would be carried by ${[...seen, network].slice(1).join(', which is carried by ')}`;
    return [invalid(['networks', network, 'over'], problem, 'a network that the machines have without WireGuard')];
  }
  return [];
}

function wrongHub(raw: unknown, network: string): Finding[] {
  const hub = hubOf(raw, network);
  if (hub === undefined || !nodesOf(raw).includes(hub)) return [];
  const at: SpecPath = ['networks', network, 'topology', 'hub'];
  const open = membersOf(raw, network).find((node) => node !== hub && !isBehindNat(raw, node, network));
  if (!hasAddress(raw, hub, network)) {
    const problem = `${hub} is to be the hub of ${network}, and has no address there`;
    return [invalid(at, problem, `one that is on it, or an address at nodes.${hub}.addresses.${network}`)];
  }
  if (!isBehindNat(raw, hub, network)) return [];
  return [invalid(at, `${hub} is to be the hub of ${network}, and is behind NAT, where no peer can dial it`, open)];
}
