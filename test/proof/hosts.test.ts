import { prove } from '../../lib/proof/prove';
import type { PlacedObject } from '../../lib/proof/proof-world';
import type { ClusterSpec } from '../../lib/spec/cluster';
import { smallSpec } from '../support/spec';
import { NETWORKS, placed, treeOf } from './trees';

const GUARDS: readonly NonNullable<ClusterSpec['cni']>[] = [
  { kind: 'cilium' },
  { kind: 'cilium', routing: 'native' },
  { kind: 'calico', hostEndpoints: true },
  { kind: 'calico', encapsulation: 'None', bgp: true, hostEndpoints: true },
];

const guarded = (spec: ClusterSpec, cni: ClusterSpec['cni']): ClusterSpec => ({
  ...spec,
  ...(cni === undefined ? {} : { cni }),
  firewall: { ...spec.firewall, kind: 'none' },
});

describe.each(GUARDS)('nodes guarded by %j', (cni) => {
  test.each(NETWORKS)('%s: every arriving flow is let in, and nothing else is', (_, spec) => {
    const { plan, objects } = treeOf(guarded(spec, cni));
    const proof = prove(plan, objects);
    expect(proof?.hosts.flatMap(({ ends }) => ends).length).toBeGreaterThanOrEqual(Object.keys(spec.nodes).length);
    expect(proof?.findings.map(({ code, message }) => `${code} ${message}`)).toEqual([]);
  });
});

/** What is found if one object is another, or is not there. */
function findings(cni: ClusterSpec['cni'], change: (json: PlacedObject['json']) => PlacedObject['json'] | undefined) {
  const { plan, objects } = treeOf(guarded(smallSpec(), cni));
  const changed = objects.flatMap(({ json }) => {
    const other = change(json);
    return other === undefined ? [] : [placed(other)];
  });
  return prove(plan, changed)?.findings ?? [];
}

test('a rule of Cilium that lets in more is named', () => {
  const [finding] = findings({ kind: 'cilium' }, (json) => {
    const { specs, ...rest } = json as { specs?: object[] };
    if (json.kind !== 'CiliumClusterwideNetworkPolicy' || specs === undefined) return json;
    const open = {
      nodeSelector: {},
      ingress: [{ fromEntities: ['world'], toPorts: [{ ports: [{ port: '10250' }] }] }],
    };
    return { ...rest, specs: [...specs, open] };
  });
  expect(finding?.code).toBe('FLOW_UNDECLARED');
  expect(finding?.message).toContain('TCP 10250');
  expect(finding?.message).toContain('ingress of node a: CiliumClusterwideNetworkPolicy wayleave-');
});

test('a node that Cilium does not guard is named', () => {
  const found = findings({ kind: 'cilium' }, (json) =>
    json.kind === 'CiliumClusterwideNetworkPolicy' ? undefined : json,
  );
  expect(found.map(({ code }) => code)).toContain('FLOW_UNDECLARED');
  expect(found[0]?.message).toContain('ingress of node a: no policy is for it');
});

test('a policy of Calico without a rule that a flow needs is named', () => {
  const found = findings({ kind: 'calico', hostEndpoints: true }, (json) => {
    const { spec, ...rest } = json as { readonly spec: { ingress: { destination?: { ports?: number[] } }[] } };
    if (json.kind !== 'GlobalNetworkPolicy') return json;
    const ingress = spec.ingress.filter(({ destination }) => destination?.ports?.includes(10250) !== true);
    return { ...rest, spec: { ...spec, ingress } };
  });
  const [finding] = found.filter(({ code }) => code === 'FLOW_BLOCKED');
  expect(finding?.message).toContain('10250/tcp');
  expect(finding?.message).toMatch(/node . by eth0 \((as it is dialled|what lands there)\), TCP 10250 does not pass/);
});

test('an interface without its HostEndpoint is open', () => {
  const found = findings({ kind: 'calico', hostEndpoints: true }, (json) =>
    json.kind === 'HostEndpoint' ? undefined : json,
  );
  expect(found.map(({ code }) => code)).toContain('FLOW_UNDECLARED');
});

test('what lands on some servers alone is let in at all of them by Cilium, and the notice says so', () => {
  const spec = guarded(
    smallSpec({
      nodes: {
        a: { role: 'server', addresses: { lan: '192.168.50.11' } },
        b: { role: 'server', addresses: { lan: '192.168.50.12' } },
        c: { role: 'server', addresses: { lan: '192.168.50.13' } },
      },
      ingress: [{ kind: 'traefik', mode: 'host-network', nodes: { names: ['a'] }, allowFrom: [{ network: 'lan' }] }],
    }),
    { kind: 'cilium' },
  );
  const { plan, objects } = treeOf(spec);
  const proof = prove(plan, objects);
  expect(proof?.findings).toEqual([]);
  const notices = proof?.notices.map(({ message }) => message) ?? [];
  expect(notices.find((one) => one.includes('lan → kube-system/traefik, 443/tcp'))).toContain(
    'this port at every server is let through instead',
  );
});
