import homelab from '../../../clusters/homelab';
import jigga from '../../../clusters/jigga';
import { codesOf, findingsOf } from '../../../test/support/plan';
import { smallSpec } from '../../../test/support/spec';
import { EXCLUDE_LABEL } from '../../plan/pool';
import type { ClusterSpec } from '../../spec/cluster';

const pool = { addresses: '192.168.50.200-192.168.50.209', network: 'lan' };
const dmz = { kind: 'lan', interface: 'eth1', prefix: '192.168.60.0/24' } as const;
const kubeVip = (name: string): ClusterSpec =>
  smallSpec({
    api: { endpoint: { vip: '192.168.50.10', network: 'lan' } },
    loadBalancers: [{ kind: 'kube-vip', interface: name, controlPlane: {}, services: {}, pools: { global: pool } }],
  });
const metallb = (changes: object = {}, more: Partial<ClusterSpec> = {}): ClusterSpec =>
  smallSpec({ loadBalancers: [{ kind: 'metallb', pools: { main: { ...pool, ...changes } } }], ...more });

test('the networks of two homes are silent', () => {
  expect(codesOf(homelab)).toEqual([]);
  expect(codesOf(jigga)).toEqual([]);
});

describe('an interface that is to announce', () => {
  test('must be one that some network has, and the right one is named', () => {
    const findings = findingsOf(kubeVip('eno1'));
    expect(findings.map(({ code }) => code)).toEqual(['SPEC_UNKNOWN_NAME']);
    expect(findings[0]?.at[0]).toEqual(['loadBalancers', 0, 'interface']);
    expect(findings[0]?.fix).toBe('eth0');
    expect(findings[0]?.message).toMatch(/pool global .* and the API's virtual address .* on eno1, .* no network$/);
  });

  test('must be that of the addresses’ own network', () => {
    const networks = { ...smallSpec().networks, dmz };
    const nodes = {
      a: { role: 'server', addresses: { lan: '192.168.50.11', dmz: '192.168.60.11' } },
      b: { role: 'agent', addresses: { lan: '192.168.50.12', dmz: '192.168.60.12' } },
    } as const;
    const findings = findingsOf(metallb({ interfaces: ['eth1'] }, { networks, nodes }));
    expect(findings.map(({ code }) => code)).toEqual(['ADDRESS_OUTSIDE_NETWORK']);
    expect(findings[0]?.message).toMatch(/pool main .* on eth1, by which a, b reach dmz; the addresses lie in lan/);
  });

  test('kube-vip has one name for all nodes', () => {
    const { nodes } = smallSpec();
    const odd = {
      ...nodes,
      c: { role: 'agent' as const, addresses: { lan: '192.168.50.13' }, interfaces: { lan: 'ens18' } },
    };
    const spec = { ...kubeVip('eth0'), nodes: odd };
    expect(findingsOf(spec)).toMatchObject([{ code: 'SPEC_UNKNOWN_NAME', fix: 'ens18' }]);
    expect(codesOf(metallb({}, { nodes: odd }))).toEqual([]);
  });
});

test('kube-vip answers for pools of all networks on one interface', () => {
  const pools = { global: pool, media: { addresses: '192.168.60.200/29', network: 'dmz' } };
  const spec = (interfaceName: string, more: object = {}): ClusterSpec =>
    smallSpec({
      networks: { ...smallSpec().networks, dmz: { ...dmz, interface: interfaceName } },
      nodes: { a: { role: 'server', addresses: { lan: '192.168.50.11', dmz: '192.168.60.11' } } },
      loadBalancers: [{ kind: 'kube-vip', services: {}, pools, ...more }],
    });
  const [finding] = findingsOf(spec('eth1'));
  expect(finding).toMatchObject({
    code: 'ADDRESS_OUTSIDE_NETWORK',
    at: [['loadBalancers', 0, 'pools', 'global', 'addresses']],
  });
  expect(finding?.message).toMatch(/on one interface, here on eth1 of dmz, and pool global \(.*\) lies in lan$/);
  expect(codesOf(spec('eth0'))).toEqual([]);
  const bgp = { asn: 64513, peers: { router: { address: '192.168.50.1', asn: 64512 } } };
  expect(codesOf(spec('eth1', { mode: 'bgp', bgp }))).toEqual([]);
});

describe('the interface by which kube-vip speaks to its routers', () => {
  const bgp = { asn: 64501, peers: { edge: { address: '192.168.50.1', asn: 64500 } } };
  const spoken = (more: object, changes: Partial<ClusterSpec> = {}) =>
    findingsOf(
      smallSpec({
        loadBalancers: [{ kind: 'kube-vip', mode: 'bgp', bgp, services: {}, pools: { global: pool }, ...more }],
        ...changes,
      }),
    );

  test('must be one that every node has', () => {
    const [found, ...more] = spoken({ interface: 'eno1' });
    expect(more).toEqual([]);
    expect(found).toMatchObject({ code: 'SPEC_UNKNOWN_NAME', at: [['loadBalancers', 0, 'interface']], fix: 'eth0' });
    expect(found?.message).toContain('by eno1, by which a, b, c reach no network');
    expect(spoken({ interface: 'eth0' })).toEqual([]);
  });

  test('is that of the network on which they meet, where none is named', () => {
    const { nodes } = smallSpec();
    const own = { role: 'agent' as const, addresses: { lan: '192.168.50.13' }, interfaces: { lan: 'ens18' } };
    expect(spoken({}, { nodes: { ...nodes, c: own } })).toMatchObject([
      { code: 'SPEC_UNKNOWN_NAME', at: [['loadBalancers', 0, 'bgp', 'peers', 'edge']], fix: 'ens18' },
    ]);
    expect(spoken({})).toEqual([]);
  });
});

describe('addresses that nobody announces', () => {
  test('kube-vip runs where all networks of its pools are, and no node may be on all', () => {
    const side = { kind: 'lan', interface: 'eth1', prefix: '192.168.70.0/24' } as const;
    const pools = {
      global: { addresses: '192.168.60.200/29', network: 'dmz' },
      media: { addresses: '192.168.70.200/29', network: 'side' },
    };
    const spec = (more: Record<string, string>): ClusterSpec =>
      smallSpec({
        networks: { ...smallSpec().networks, dmz, side },
        nodes: {
          a: { role: 'server', addresses: { lan: '192.168.50.11', dmz: '192.168.60.11', ...more } },
          b: { role: 'agent', addresses: { lan: '192.168.50.12', side: '192.168.70.12' } },
        },
        loadBalancers: [{ kind: 'kube-vip', services: {}, pools }],
      });
    const places = (input: ClusterSpec) => findingsOf(input).map(({ code, at }) => [code, ...at]);
    const nobody = ['CAPABILITY_MISSING', ['loadBalancers', 0, 'services']];
    expect(places(spec({}))).toEqual([nobody]);
    expect(places(spec({ side: '192.168.70.11' }))).not.toContainEqual(nobody);
  });

  const labelled = (names: readonly string[]) =>
    Object.fromEntries(
      Object.entries(smallSpec().nodes).map(([name, node]) => [
        name,
        names.includes(name) ? { ...node, labels: { [EXCLUDE_LABEL]: 'true' } } : node,
      ]),
    );

  test('MetalLB passes over labelled nodes; when that is all of them, nobody is left', () => {
    expect(codesOf(metallb({}, { nodes: labelled(['a', 'b']) }))).toEqual([]);
    const findings = findingsOf(metallb({ nodes: 'servers' }, { nodes: labelled(['a', 'b']) }));
    expect(findings.map(({ code }) => code)).toEqual(['CAPABILITY_MISSING']);
    expect(findings[0]?.message).toContain(`a, b bear the label ${EXCLUDE_LABEL}`);
  });

  test('a network that no node is on', () => {
    const networks = { ...smallSpec().networks, dmz };
    expect(codesOf(metallb({ addresses: '192.168.60.200', network: 'dmz' }, { networks }))).toEqual([
      'CAPABILITY_MISSING',
    ]);
    const pools = { global: { addresses: '192.168.60.200', network: 'dmz' } };
    const balancer = { kind: 'kube-vip' as const, services: {}, pools };
    expect(codesOf(smallSpec({ networks, loadBalancers: [balancer] }))).toEqual(['CAPABILITY_MISSING']);
  });

  test('kube-vip’s pools belong to namespaces', () => {
    const named = (name: string, loadBalancer: object) =>
      smallSpec({
        loadBalancers: [{ kind: 'kube-vip', services: {}, pools: { [name]: pool } }],
        apps: { mqtt: { namespace: 'home', ports: { mqtt: 1883 }, loadBalancer } },
      });
    expect(codesOf(named('lan-pool', {}))).toEqual(['CAPABILITY_MISSING']);
    expect(codesOf(named('lan-pool', { addresses: '192.168.50.201' }))).toEqual([]);
    expect(codesOf(named('home', {}))).toEqual([]);
    expect(codesOf(named('global', {}))).toEqual([]);
  });

  test('Local answers only where a pod runs', () => {
    const apps = (nodes: 'agents' | 'all') => ({
      mqtt: {
        namespace: 'home',
        ports: { mqtt: 1883 },
        nodes,
        loadBalancer: { externalTrafficPolicy: 'Local' as const },
      },
    });
    const findings = findingsOf(metallb({ nodes: 'servers' }, { apps: apps('agents') }));
    expect(findings.map(({ code }) => code)).toEqual(['CAPABILITY_MISSING']);
    expect(findings[0]?.message).toContain('answers only where its pods run (c)');
    expect(codesOf(metallb({ nodes: 'servers' }, { apps: apps('all') }))).toEqual([]);
  });
});

describe('an entrypoint bound twice', () => {
  const traefik = (changes: object): ClusterSpec => metallb({}, { ingress: [{ kind: 'traefik', ...changes }] });
  const two = (containerPort: number) => ({ web: { port: 80 }, web2: { port: 80, containerPort } });
  const services = {
    one: { addresses: '192.168.50.201', entrypoints: ['web'] },
    two: { addresses: '192.168.50.202', entrypoints: ['web2'] },
  };

  test('on one address, by one Service', () => {
    const findings = findingsOf(traefik({ entrypoints: two(8010) }));
    expect(findings.map(({ code }) => code)).toEqual(['PORT_TWICE']);
    expect(findings[0]?.message).toContain('web and web2 of traefik both want port 80/tcp');
  });

  test('on one address, by two Services', () => {
    const twins = { ...services, two: { ...services.two, addresses: '192.168.50.201' } };
    expect(codesOf(traefik({ entrypoints: two(8010), services: twins }))).toContain('ADDRESS_OVERLAP');
  });

  test('on two addresses it is no fault, unless the pods bind one port for both', () => {
    expect(codesOf(traefik({ entrypoints: two(8010), services }))).toEqual([]);
    const findings = findingsOf(traefik({ entrypoints: two(8000), services }));
    expect(findings.map(({ code }) => code)).toEqual(['PORT_TWICE']);
    expect(findings[0]?.message).toContain('entrypoint web and entrypoint web2 both bind 8000/tcp');
  });

  test('on the host network, as a port of the node', () => {
    const ingress = [{ kind: 'traefik' as const, mode: 'host-network' as const, entrypoints: two(8010) }];
    expect(codesOf(smallSpec({ ingress }))).toEqual(['PORT_TWICE']);
  });
});

test('Traefik behind a load balancer that the cluster has not got is a gap', () => {
  const findings = findingsOf(smallSpec({ ingress: [{ kind: 'traefik' }] }));
  expect(findings.map(({ code }) => code)).toEqual(['CAPABILITY_MISSING', 'CAPABILITY_MISSING']);
  for (const { fix } of findings) expect(fix).toContain('an entry in loadBalancers');
});

test('two who allocate and announce are one too many', () => {
  const loadBalancers = [
    { kind: 'metallb' as const, pools: { main: pool } },
    { kind: 'kube-vip' as const, services: {}, pools: { global: { addresses: '192.168.50.220', network: 'lan' } } },
  ];
  expect(codesOf(smallSpec({ loadBalancers }))).toEqual(['CAPABILITY_TWICE', 'CAPABILITY_TWICE']);
});
