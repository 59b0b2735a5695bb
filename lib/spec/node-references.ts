import { nearest } from '../text/suggest';
import { clash, invalid } from './faults';
import type { Finding, SpecPath } from './finding';
import { keysOf, type Names } from './names';
import { selectedNodes } from './selector-references';
import { isMapping, member, valueAt } from './walk';

/** What the nodes lack for the rest of the spec to work: a server, an address, a key. */
export function nodeFindings(raw: unknown, names: Names): Finding[] {
  return [...withoutServer(raw), ...wrongInitServer(raw), ...serversWithoutEtcd(raw), ...withoutAddress(raw, names)];
}

function withoutServer(raw: unknown): Finding[] {
  const nodes = valueAt(raw, ['nodes']);
  if (!isMapping(nodes)) return [];
  const first = Object.keys(nodes).sort()[0];
  if (first === undefined) return [invalid(['nodes'], 'a cluster needs at least one node, of role server')];
  // A role that is missing or misspelt is reported by itself, and may have been meant to be this one.
  if (Object.values(nodes).some((node) => member(node, 'role') !== 'agent')) return [];
  const problem = 'every node is an agent, and a cluster needs at least one server';
  return [invalid(['nodes', first, 'role'], problem, 'server')];
}

/** Kubernetes knows a machine by its own name alone. */
export function sameHostname(raw: unknown): Finding[] {
  const first = new Map<string, string>();
  return keysOf(member(raw, 'nodes')).flatMap((node): Finding[] => {
    const own = valueAt(raw, ['nodes', node, 'hostname']);
    const hostname = typeof own === 'string' ? own : node;
    const other = first.get(hostname);
    if (other === undefined) {
      first.set(hostname, node);
      return [];
    }
    const at = [node, other].map(
      (name): SpecPath =>
        valueAt(raw, ['nodes', name, 'hostname']) === undefined ? ['nodes', name] : ['nodes', name, 'hostname'],
    );
    const message = `the machines of nodes ${other} and ${node} both have the name ${hostname}`;
    return [clash(at, message, 'another hostname for one of them')];
  });
}

function wrongInitServer(raw: unknown): Finding[] {
  const name = valueAt(raw, ['k3s', 'initServer']);
  if (typeof name !== 'string' || valueAt(raw, ['nodes', name, 'role']) !== 'agent') return [];
  return [
    invalid(['k3s', 'initServer'], `${name} is an agent, and only a server can start the cluster`, servers(raw)[0]),
  ];
}

/** SQLite is a file of one machine. */
function serversWithoutEtcd(raw: unknown): Finding[] {
  const count = servers(raw).length;
  if (count < 2 || valueAt(raw, ['k3s', 'datastore']) !== 'sqlite') return [];
  return [invalid(['k3s', 'datastore'], `there are ${count} servers, and SQLite serves one alone`, 'etcd')];
}

function servers(raw: unknown): readonly string[] {
  return keysOf(member(raw, 'nodes'))
    .filter((node) => valueAt(raw, ['nodes', node, 'role']) === 'server')
    .sort();
}

/** A network that some nodes must have an address on, and why. */
interface Demand {
  readonly from: SpecPath;
  readonly nodes: readonly string[];
  readonly use: string;
}

function withoutAddress(raw: unknown, names: Names): Finding[] {
  return demands(raw).flatMap(({ from, nodes, use }) => {
    const network = valueAt(raw, from);
    if (typeof network !== 'string' || !names('network').includes(network)) return [];
    return nodes.flatMap((node): Finding[] => {
      const addresses = valueAt(raw, ['nodes', node, 'addresses']);
      // Without any addresses, or with something that is no mapping, the shape says enough.
      if (!isMapping(addresses) || Object.hasOwn(addresses, network) || isMisspelt(network, addresses, names))
        return [];
      const place: SpecPath = ['nodes', node, 'addresses', network];
      const message = `node ${node} has no address on the network ${network}, ${use}`;
      const fix = `write it at nodes.${node}.addresses.${network}`;
      return [{ code: 'NODE_WITHOUT_ADDRESS', severity: 'error', at: [place, from], message, fix }];
    });
  });
}

function demands(raw: unknown): Demand[] {
  const nodes = keysOf(member(raw, 'nodes'));
  const first = valueAt(raw, ['k3s', 'initServer']) ?? servers(raw)[0];
  const endpoint: Demand = {
    from: ['api', 'endpoint', 'network'],
    nodes: nodes.filter((node) => node === first && valueAt(raw, ['api', 'endpoint', 'vip']) === undefined),
    use: 'by which operators reach the API',
  };
  const carriers = wireguardNetworks(raw).map((network): Demand => {
    const dialled = nodes.filter((node) => {
      const own = valueAt(raw, ['nodes', node, 'wireguard', network]);
      return own !== undefined && member(own, 'behindNat') !== true;
    });
    return { from: ['networks', network, 'over'], nodes: dialled, use: `which carries the tunnels of ${network}` };
  });
  const shares = keysOf(member(raw, 'storage')).map((name): Demand => {
    const server = valueAt(raw, ['storage', name, 'node']);
    const use = `over which ${name} is mounted`;
    return { from: ['storage', name, 'network'], nodes: nodes.filter((node) => node === server), use };
  });
  const objects = keysOf(member(raw, 'storage')).map((name): Demand => {
    const at = ['storage', name];
    const serving = selectedNodes(raw, valueAt(raw, [...at, 'nodes']));
    return { from: [...at, 'network'], nodes: serving, use: `on which ${name} is called` };
  });
  const answering = nodes.filter((node) => node === valueAt(raw, ['swarm', 'dnsmasq', 'node']));
  return [
    { from: ['k3s', 'nodeNetwork'], nodes, use: 'which K3s uses between the nodes' },
    { from: ['k3s', 'externalNetwork'], nodes, use: 'which K3s announces as external' },
    { from: ['swarm', 'network'], nodes, use: 'which carries the Swarm' },
    { from: ['swarm', 'dnsmasq', 'network'], nodes: answering, use: 'on which dnsmasq is asked' },
    endpoint,
    ...carriers,
    ...shares,
    ...objects,
  ];
}

/** Whether one of the addresses is on a network that does not exist and was meant to be this one. */
function isMisspelt(network: string, addresses: Readonly<Record<string, unknown>>, names: Names): boolean {
  const known = names('network');
  return Object.keys(addresses).some((name) => !known.includes(name) && nearest(name, known) === network);
}

function wireguardNetworks(raw: unknown): readonly string[] {
  return keysOf(member(raw, 'networks')).filter((name) => valueAt(raw, ['networks', name, 'kind']) === 'wireguard');
}
