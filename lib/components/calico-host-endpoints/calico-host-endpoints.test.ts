import { ask } from '../../../test/reach/ask';
import { codesOf, planOf, walkTo } from '../../../test/support/plan';
import { render } from '../../../test/support/render';
import { smallSpec } from '../../../test/support/spec';
import type { ClusterSpec } from '../../spec/cluster';
import { calicoHostEndpoints } from './index';

type Cni = Extract<ClusterSpec['cni'], { kind: 'calico' }>;
interface Ingress {
  readonly action: string;
  readonly protocol?: string | number;
  readonly source?: { readonly nets: readonly string[] };
  readonly destination?: { readonly nets?: readonly string[]; readonly ports?: readonly (number | string)[] };
  readonly metadata: { readonly annotations: { readonly reason: string } };
}
interface Policy {
  readonly selector: string;
  readonly preDNAT?: boolean;
  readonly applyOnForward?: boolean;
  readonly types: readonly string[];
  readonly ingress: readonly Ingress[];
}

const files = {
  namespace: 'files',
  hostNetwork: true,
  nodes: { names: ['b', 'c'] },
  ports: { client: 9080 },
  needs: [{ app: 'files', port: 'client', reason: 'copies' }],
};
const guarded = (changes: Partial<ClusterSpec> = {}, cni: Partial<Cni> = {}) =>
  smallSpec({ cni: { kind: 'calico', hostEndpoints: true, ...cni }, firewall: { kind: 'none' }, ...changes });
const objects = (spec: ClusterSpec) => render(calicoHostEndpoints, spec);
const policies = (spec: ClusterSpec) =>
  new Map(
    objects(spec)
      .filter(({ kind }) => kind === 'GlobalNetworkPolicy')
      .map(({ metadata, spec: policy }) => [metadata.name, policy as Policy]),
  );
const policy = (spec: ClusterSpec, name: string): Policy => {
  const found = policies(spec).get(`default.wayleave-${name}`);
  if (found === undefined) throw new Error(`no ${name}; there are ${[...policies(spec).keys()].join(', ')}`);
  return found;
};
const asked = (spec: ClusterSpec) =>
  ask(
    objects(spec).map((object) => JSON.stringify(object)),
    { engine: 'calico' },
  );
const FAILSAFE = 'TCP 22, 179, 2379-2380, 5473, 6443, 6666-6667; UDP 68';

test('every interface has an endpoint, by the name that K3s gives the node, open while it has no policy', () => {
  const spec = guarded({
    nodes: {
      a: { role: 'server', addresses: { lan: '192.168.50.11' }, hostname: 'alpha' },
      b: { role: 'agent', addresses: { lan: '192.168.50.12' }, interfaces: { lan: 'eth0.7' } },
    },
  });
  const endpoints = objects(spec).filter(({ kind }) => kind === 'HostEndpoint');
  expect(endpoints.map(({ metadata, spec: endpoint }) => [metadata.name, endpoint])).toEqual([
    [
      'b-eth0.7',
      {
        node: 'b',
        interfaceName: 'eth0.7',
        expectedIPs: ['192.168.50.12'],
        profiles: ['projectcalico-default-allow'],
      },
    ],
    [
      'alpha-eth0',
      {
        node: 'alpha',
        interfaceName: 'eth0',
        expectedIPs: ['192.168.50.11'],
        profiles: ['projectcalico-default-allow'],
      },
    ],
  ]);
});

test('policies come before the endpoints they guard, and both after the operator has brought their kinds', () => {
  for (const { kind, metadata } of objects(guarded())) {
    expect(metadata.annotations).toMatchObject({
      'argocd.argoproj.io/sync-wave': kind === 'HostEndpoint' ? '1' : '0',
      'argocd.argoproj.io/sync-options': 'SkipDryRunOnMissingResource=true',
    });
  }
});

test('without an API server of its own Calico keeps its kinds under crd.projectcalico.org', () => {
  expect(new Set(objects(guarded()).map(({ apiVersion }) => apiVersion))).toEqual(
    new Set(['crd.projectcalico.org/v1']),
  );
});

test('nodes that let in the same share their policies; one with a process more has its own', () => {
  expect([...policies(guarded()).keys()]).toEqual([
    'default.wayleave-agents-eth0-dialled',
    'default.wayleave-agents-eth0-landing',
    'default.wayleave-servers-eth0-dialled',
    'default.wayleave-servers-eth0-landing',
  ]);
  const more = { d: { role: 'agent', addresses: { lan: '192.168.50.14' } } } as const;
  const apart = guarded({ nodes: { ...smallSpec().nodes, ...more }, apps: { files } });
  expect([...policies(apart).keys()].filter((name) => name.endsWith('landing'))).toEqual([
    'default.wayleave-a-eth0-landing',
    'default.wayleave-b-eth0-landing',
    'default.wayleave-c-eth0-landing',
    'default.wayleave-d-eth0-landing',
  ]);
});

test('every rule says why it is there', () => {
  for (const { ingress } of policies(guarded({ apps: { files } })).values())
    for (const { metadata } of ingress) expect(metadata.annotations.reason).not.toBe('');
});

describe('what is dialled', () => {
  test('is judged before Services are resolved, and for passing packets too', () => {
    expect(policy(guarded(), 'servers-eth0-dialled')).toMatchObject({
      preDNAT: true,
      applyOnForward: true,
      types: ['Ingress'],
      selector: "wayleave-host == 'servers-eth0'",
    });
    const landing = policy(guarded(), 'servers-eth0-landing');
    expect(landing.preDNAT ?? landing.applyOnForward ?? false).toBe(false);
  });

  test('ends in denials: forged pods, then every address of the node, Services and pods', () => {
    const { ingress } = policy(guarded(), 'servers-eth0-dialled');
    expect(ingress.slice(-2)).toMatchObject([
      { action: 'Deny', source: { nets: ['10.42.0.0/16'] } },
      { action: 'Deny', destination: { nets: ['10.42.0.0/15', '192.168.50.11/32', '192.168.50.12/32'] } },
    ]);
  });

  test('where pods are on the wire themselves they may come in, from pods and nodes alone', () => {
    const { ingress } = policy(guarded({}, { encapsulation: 'None', bgp: true }), 'servers-eth0-dialled');
    const before = ingress.findIndex(({ action }) => action === 'Deny') - 1;
    expect(ingress[before]).toMatchObject({
      action: 'Allow',
      source: { nets: ['10.42.0.0/16', '192.168.50.11/32', '192.168.50.12/31'] },
      destination: { nets: ['10.42.0.0/16'] },
    });
  });

  test('a virtual address is open at its ports and closed at all others', () => {
    const spec = guarded({
      loadBalancers: [
        { kind: 'metallb', mode: 'l2', pools: { p: { addresses: '192.168.50.240-192.168.50.249', network: 'lan' } } },
      ],
      k3s: { nodeNetwork: 'lan', disable: ['traefik', 'servicelb'] },
      ingress: [{ kind: 'traefik', mode: 'load-balancer', services: { traefik: { addresses: '192.168.50.240' } } }],
    });
    const { ingress } = policy(spec, 'servers-eth0-dialled');
    const virtual = ingress.filter(({ destination }) => destination?.nets?.includes('192.168.50.240/32'));
    expect(virtual.map(({ action, destination }) => [action, destination?.ports])).toEqual([
      ['Allow', [80]],
      ['Allow', [443]],
      ['Deny', undefined],
    ]);
    // The pods behind it are no processes of the node.
    expect(
      policy(spec, 'servers-eth0-landing').ingress.flatMap(({ destination }) => destination?.ports ?? []),
    ).not.toContain(443);
  });
});

describe('as Calico decides', () => {
  const spec = guarded({ apps: { files } });

  test('strangers reach the failsafe ports and ping, and nothing else', () => {
    const reach = asked(spec);
    expect(reach.verdict('203.0.113.7', 'host c-eth0').allowed.toString()).toContain(FAILSAFE);
    expect(reach.allowed('203.0.113.7', 'host c-eth0')).not.toMatch(/10250|9080|4789/);
  });

  test('nodes reach what the plan has for them, processes on the host network among it', () => {
    const allowed = asked(spec).allowed('192.168.50.12', 'host c-eth0');
    for (const port of ['10250', '9080', '4789']) expect(allowed).toContain(port);
    // The server that runs none of it has no reason to call it.
    expect(asked(spec).allowed('192.168.50.11', 'host c-eth0')).not.toContain('9080');
  });
});

test('it is the one host firewall: another one beside it is a fault', () => {
  expect(planOf(guarded()).provided.find(({ name }) => name === 'host-firewall')?.owner).toBe('calico-host-endpoints');
  expect(codesOf(guarded({ firewall: { kind: 'nftables' } }))).toContain('CAPABILITY_TWICE');
});

test('the document names the ports that stay open whatever a policy says', () => {
  const text = planOf(guarded())
    .notes.filter(({ section }) => section === 'firewall')
    .map((note) => note.text)
    .join('\n');
  for (const port of ['22', '6443', '2379', '179', '5473', '10250', '7946']) expect(text).toContain(port);
});

test('the document says how to open every node until whoever applies files closes it again', () => {
  const said = (spec: ClusterSpec) =>
    planOf(spec).notes.find(({ title }) => title === 'When the host firewall shuts somebody out')?.text;
  expect(said(guarded())).toContain('applied again');
  expect(said(guarded())).not.toContain('Argo CD');
  const pulled = guarded({ gitops: { kind: 'argocd', repository: 'https://git.example.org/a.git' } });
  expect(said(pulled)).toContain('until Argo CD syncs again');
});

describe('IPv6, which Felix guards only where pods have it', () => {
  const off = (spec: ClusterSpec, node = 'a') => {
    const { plan, parts } = walkTo(spec);
    const needs = parts.find(({ name }) => name === 'calico-host-endpoints')?.host(plan, node);
    return needs?.sysctls?.some(({ key }) => key === 'net.ipv6.conf.all.disable_ipv6') === true;
  };
  const titles = (spec: ClusterSpec) => planOf(spec).notes.map(({ title }) => title);
  const rented = (k3s: object = {}) =>
    guarded({
      networks: { wan: { kind: 'public', interface: 'eth0' } },
      nodes: { a: { role: 'server', addresses: { wan: ['198.51.100.1', '2001:db8::1'] } } },
      k3s: { nodeNetwork: 'wan', ...k3s },
    });

  test('is turned off on nodes without an address of it', () => {
    expect(off(guarded())).toBe(true);
    expect(titles(guarded())).toContain('IPv6 is not guarded');
  });

  test('stays on a node that has one, and the document says that it stands open', () => {
    expect(off(rented())).toBe(false);
    const text = planOf(rented()).notes.find(({ title }) => title === 'IPv6 is not guarded')?.text;
    expect(text).toContain('answer anyone, on every port: `a`');
  });

  test('is guarded like IPv4 once pods have a range of it', () => {
    const both = rented({
      clusterCidrs: ['10.42.0.0/16', 'fd00:42::/56'],
      serviceCidrs: ['10.43.0.0/16', 'fd00:43::/112'],
    });
    expect(off(both)).toBe(false);
    expect(titles(both)).not.toContain('IPv6 is not guarded');
    const nets = policy(both, 'nodes-eth0-dialled').ingress.flatMap(({ destination }) => destination?.nets ?? []);
    expect(nets).toEqual(expect.arrayContaining(['198.51.100.1/32', '2001:db8::1/128', 'fd00:42::/56']));
  });
});
