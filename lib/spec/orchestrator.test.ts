import jigga from '../../clusters/jigga';
import nimbus from '../../clusters/nimbus';
import nimbusSwarm from '../../clusters/nimbus-swarm';
import { planOf } from '../../test/support/plan';
import { printPath } from './finding';
import { runsK3s } from './orchestrator';
import { parseCluster } from './parse';

/** What is wrong with a spec, each as place and message, with its fix. */
const found = (spec: unknown) =>
  parseCluster(spec).findings.map(({ at: [place = []], message, fix }) => ({ at: printPath(place), message, fix }));

const { k3s: _k3s, ...withoutK3s } = nimbus;
const { swarm: _swarm, ...withoutSwarm } = nimbusSwarm;

describe('a cluster of Swarm alone', () => {
  const cluster = parseCluster(nimbusSwarm).value;

  test('has a K3s of which nothing follows, and the Swarm’s network as that of its nodes', () => {
    if (cluster === undefined) throw new Error('nimbus-swarm is in order');
    expect(runsK3s(cluster)).toBe(false);
    expect(cluster.k3s).toMatchObject({ nodeNetwork: 'overlay', clusterCidrs: [], serviceCidrs: [] });
    const plan = planOf(nimbusSwarm);
    expect(plan.components).toEqual([
      'dnsmasq',
      'easyhaproxy-swarm',
      'firewall',
      'host',
      'storage',
      'swarm',
      'sysctl',
      'wireguard',
    ]);
    expect([plan.delivered, plan.releases, plan.namespaces]).toEqual([[], [], []]);
    expect([...plan.k3sFlags.values()].flat()).toEqual([]);
    expect(plan.claims.filter(({ network }) => network === 'pods' || network === 'services')).toEqual([]);
  });

  test('calls its managers servers, and all others agents', () => {
    expect(Object.entries(cluster?.nodes ?? {}).map(([name, { role }]) => [name, role])).toEqual([
      ['a', 'server'],
      ['b', 'agent'],
    ]);
  });
});

test('a cluster of K3s is what it was', () => {
  const cluster = parseCluster(jigga).value;
  expect(cluster !== undefined && runsK3s(cluster)).toBe(true);
  expect(cluster?.cni.kind).toBe('flannel');
});

describe('with neither K3s nor a Swarm', () => {
  test('it is refused once, with what would be right', () => {
    expect(found(withoutSwarm)).toEqual([
      {
        at: 'k3s',
        message: 'is missing, and so is swarm: a cluster has K3s, Docker Swarm or both',
        fix: 'k3s: { nodeNetwork: overlay } and cni: { kind: flannel }; or swarm, with its managers',
      },
    ]);
  });

  test('unless one of them is misspelt, which is said by itself', () => {
    const [finding, ...others] = found({ ...withoutSwarm, swram: _swarm });
    expect(finding).toMatchObject({ at: 'swram', fix: 'swarm' });
    expect(others).toEqual([]);
  });
});

describe('with a Swarm alone', () => {
  test('every part that is K3s’s is refused, and an empty one is none', () => {
    const spec = { ...withoutK3s, swarm: nimbusSwarm.swarm, apps: {}, tunnels: [] };
    expect(found(spec).map(({ at }) => at)).toEqual(['api', 'cni', 'ingress', 'nodes.a.role', 'nodes.b.role']);
    expect(found(spec)[0]).toMatchObject({
      message: 'api is for K3s, and this cluster has a Swarm alone',
      fix: 'leave it out, or add k3s',
    });
  });
});

describe('with K3s', () => {
  test('every node needs a role, and the cluster a pod network', () => {
    const { cni: _cni, ...rest } = nimbus;
    const { role: _role, ...a } = nimbus.nodes.a;
    expect(found({ ...rest, nodes: { ...nimbus.nodes, a } })).toEqual([
      { at: 'cni', message: 'is missing; it must be a mapping with kind', fix: undefined },
      { at: 'nodes.a.role', message: 'is missing; it must be one of server or agent', fix: undefined },
    ]);
  });
});

describe('managers of a Swarm', () => {
  const node = (name: string, i: number): [string, object] => [name, { addresses: { lan: `192.168.10.${10 + i}` } }];
  const spec = (names: readonly string[], managers: readonly string[]) => ({
    name: 'crowd',
    networks: { lan: { kind: 'lan', interface: 'eth0', prefix: '192.168.10.0/24' } },
    nodes: Object.fromEntries(names.map(node)),
    swarm: { managers, network: 'lan', addressPool: '10.20.0.0/16', bridgePool: '172.30.0.0/16' },
  });

  test.each([1, 3, 5])('%d of them are in order', (count) => {
    const names = ['a', 'b', 'c', 'd', 'e'];
    expect(found(spec(names, names.slice(0, count)))).toEqual([]);
  });

  test('of two, both must live: one fewer, or one more, is proposed', () => {
    expect(found(spec(['a', 'b', 'c'], ['a', 'b']))).toEqual([
      {
        at: 'swarm.managers',
        message: '2 managers need 2 to agree, and survive the loss of none, as 1 would',
        fix: '[a], or [a, b, c]',
      },
    ]);
  });

  test('of four no more is survived than of three', () => {
    expect(found(spec(['a', 'b', 'c', 'd'], ['a', 'b', 'c', 'd']))).toEqual([
      {
        at: 'swarm.managers',
        message: '4 managers need 3 to agree, and survive the loss of 1, as 3 would',
        fix: '[a, b, c]',
      },
    ]);
  });

  test('one that is named twice is no second one', () => {
    expect(found(spec(['a', 'b'], ['a', 'a'])).map(({ at }) => at)).toEqual(['swarm.managers[1]']);
  });

  test('one that no node bears is unknown', () => {
    expect(found(spec(['alpha', 'beta'], ['alhpa']))).toMatchObject([{ at: 'swarm.managers[0]', fix: 'alpha' }]);
  });

  test('a pool that Docker cannot cut into blocks is refused', () => {
    const one = spec(['a'], ['a']);
    const [finding] = found({ ...one, swarm: { ...one.swarm, addressPool: '10.20.0.0/25' } });
    expect(finding).toMatchObject({ at: 'swarm.addressPool' });
    expect(finding?.message).toContain('IPv4 prefix of /24 or larger');
  });

  test('a node that is not on the Swarm’s network is told', () => {
    const one = spec(['a', 'b'], ['a']);
    const networks = { ...one.networks, wan: { kind: 'public', interface: 'eth1' } };
    const nodes = { ...one.nodes, b: { addresses: { wan: '198.51.100.2' } } };
    expect(found({ ...one, networks, nodes })).toMatchObject([
      { at: 'nodes.b.addresses.lan', message: 'node b has no address on the network lan, which carries the Swarm' },
    ]);
  });
});
