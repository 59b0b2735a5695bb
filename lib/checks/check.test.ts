import { codesOf, findingsOf } from '../../test/support/plan';
import { smallSpec } from '../../test/support/spec';

const lan = { kind: 'lan', interface: 'eth0', prefix: '192.168.50.0/24', gateway: '192.168.50.1' } as const;

test('a network without a fault gives no finding', () => {
  expect(codesOf(smallSpec())).toEqual([]);
});

describe('ADDRESS_OVERLAP', () => {
  test('pods on the LAN: both owners, the shared addresses, and a range that is free', () => {
    const findings = findingsOf(smallSpec({ k3s: { nodeNetwork: 'lan', clusterCidrs: ['192.168.0.0/16'] } }));
    const [first] = findings.filter((finding) => finding.code === 'ADDRESS_OVERLAP');
    expect(first?.message).toMatch(/pod addresses.*192\.168\.0\.0\/16|192\.168\.0\.0\/16.*pod addresses/);
    expect(first?.message).toContain('192.168.50.0/24');
    // Not 10.0.0.0/16, which everybody takes first.
    expect(first?.fix).toMatch(/^use 10\.44\.0\.0\/16 for pod addresses/);
  });

  test('two nodes with one address', () => {
    const nodes = {
      a: { role: 'server', addresses: { lan: '192.168.50.11' } },
      b: { role: 'agent', addresses: { lan: '192.168.50.11' } },
    } as const;
    const findings = findingsOf(smallSpec({ nodes }));
    expect(findings.map((finding) => finding.code)).toEqual(['ADDRESS_OVERLAP']);
    expect(findings[0]?.at).toEqual([
      ['nodes', 'b', 'addresses', 'lan'],
      ['nodes', 'a', 'addresses', 'lan'],
    ]);
  });

  test("somebody else's addresses on a node, DHCP over a gateway", () => {
    const reserved = [{ owner: 'printer', addresses: '192.168.50.13' }];
    expect(codesOf(smallSpec({ networks: { lan: { ...lan, reserved } } }))).toEqual(['ADDRESS_OVERLAP']);
    expect(codesOf(smallSpec({ networks: { lan: { ...lan, dhcp: '192.168.50.1-192.168.50.9' } } }))).toEqual([
      'ADDRESS_OVERLAP',
    ]);
  });

  test('neighbours that only touch stay silent', () => {
    expect(codesOf(smallSpec({ networks: { lan: { ...lan, dhcp: '192.168.50.14-192.168.50.200' } } }))).toEqual([]);
  });
});

test('ADDRESS_OUTSIDE_NETWORK: a node whose address its network does not hold', () => {
  const findings = findingsOf(smallSpec({ nodes: { a: { role: 'server', addresses: { lan: '192.168.51.11' } } } }));
  expect(findings.map((finding) => finding.code)).toEqual(['ADDRESS_OUTSIDE_NETWORK']);
  expect(findings[0]?.message).toContain('192.168.51.11');
});

test('ADDRESS_OUTSIDE_NETWORK: cluster DNS outside the Service range', () => {
  const k3s = { nodeNetwork: 'lan', serviceCidrs: ['10.44.0.0/16'], clusterDns: '10.43.0.10' };
  expect(codesOf(smallSpec({ k3s }))).toEqual(['ADDRESS_OUTSIDE_NETWORK']);
});

test('ADDRESS_OUTSIDE_NETWORK: of a family that the range it is given from has not got', () => {
  const one = { role: 'server' as const, addresses: { lan: ['192.168.50.11', 'fd00::11'] } };
  expect(codesOf(smallSpec({ nodes: { one } }))).toEqual([]);
  expect(codesOf(smallSpec({ nodes: { one: { ...one, observedPodRange: 'fd42::/64' } } }))).toEqual([
    'ADDRESS_OUTSIDE_NETWORK',
  ]);
});

describe('PORT_TWICE', () => {
  const ingress = [{ kind: 'traefik', mode: 'host-network' }] as const;
  const app = (port: number, nodes: 'all' | 'agents' = 'all') => ({
    web: { namespace: 'x', hostNetwork: true, ports: { http: port }, nodes },
  });

  test('an app and Traefik on one port of the node', () => {
    const findings = findingsOf(smallSpec({ ingress: [...ingress], apps: app(443, 'agents') }));
    expect(findings.map((finding) => finding.code)).toEqual(['PORT_TWICE']);
    expect(findings[0]?.message).toMatch(/443\/tcp on c$/);
  });

  test('the same port on other nodes, or another protocol, is no collision', () => {
    expect(
      codesOf(
        smallSpec({ ingress: [{ kind: 'traefik', mode: 'host-network', nodes: 'servers' }], apps: app(443, 'agents') }),
      ),
    ).toEqual([]);
    const udp = {
      web: { namespace: 'x', hostNetwork: true, ports: { quic: { container: 443, protocol: 'udp' as const } } },
    };
    expect(codesOf(smallSpec({ ingress: [...ingress], apps: udp }))).toEqual([]);
  });
});

test('OBJECT_TWICE: an app that bears the name of pods that are there', () => {
  const coredns = { namespace: 'kube-system', ports: { dns: 53 } };
  const findings = findingsOf(smallSpec({ apps: { coredns } }));
  expect(findings.map((finding) => finding.code)).toEqual(['OBJECT_TWICE']);
  expect(findings[0]?.message).toBe('apps and coredns both have pods named kube-system/coredns');
});

test('CAPABILITY_MISSING: apps with names need cluster DNS', () => {
  expect(codesOf(smallSpec({ k3s: { nodeNetwork: 'lan', disable: ['coredns'] } }))).toContain('CAPABILITY_MISSING');
});

test('MTU_TOO_SMALL: a tunnel in a link that has no room for it', () => {
  const findings = findingsOf(smallSpec({ networks: { lan: { ...lan, mtuBytes: 600 } } }));
  expect(new Set(findings.map((finding) => finding.code))).toEqual(new Set(['MTU_TOO_SMALL']));
  expect(findings[0]?.message).toContain('600 − 50 VXLAN = 550');
});

describe('accept', () => {
  const twins = {
    a: { role: 'server', addresses: { lan: '192.168.50.11' } },
    b: { role: 'agent', addresses: { lan: '192.168.50.11' } },
  } as const;
  const entry = { code: 'ADDRESS_OVERLAP', at: 'nodes.b.addresses.lan', reason: 'moves to another rack' } as const;

  test('silences one finding at one place', () => {
    expect(codesOf(smallSpec({ nodes: twins, accept: [entry] }))).toEqual([]);
    expect(codesOf(smallSpec({ nodes: twins, accept: [{ ...entry, at: 'nodes.c.addresses.lan' }] }))).toContain(
      'ADDRESS_OVERLAP',
    );
  });

  test('an entry that silences nothing is itself a finding', () => {
    const findings = findingsOf(smallSpec({ accept: [entry] }));
    expect(findings.map((finding) => finding.code)).toEqual(['ACCEPT_UNUSED']);
    expect(findings[0]).toMatchObject({ severity: 'warning', at: [['accept', 0]] });
  });
});
