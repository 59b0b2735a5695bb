import { walkTo } from '../../../test/support/plan';
import { DUAL_STACK, smallSpec } from '../../../test/support/spec';
import type { ClusterSpec } from '../../spec/cluster';

const LOW_PORTS = 'net.ipv4.ip_unprivileged_port_start';

const needs = (spec: ClusterSpec, node = 'a') => {
  const { plan, parts } = walkTo(spec);
  return parts.find((part) => part.name === 'sysctl')?.host(plan, node) ?? {};
};
const values = (spec: ClusterSpec, node?: string) =>
  Object.fromEntries((needs(spec, node).sysctls ?? []).map(({ key, value }) => [key, value]));

test('pods need forwarding, and bridges under netfilter with the module for it', () => {
  expect(values(smallSpec())).toEqual({ 'net.bridge.bridge-nf-call-iptables': '1', 'net.ipv4.ip_forward': '1' });
  expect(needs(smallSpec()).modules?.map(({ name }) => name)).toEqual(['overlay', 'br_netfilter']);
});

test('a non-root listener on a low port of the host opens low ports, and its owner is the reason', () => {
  const spec = smallSpec({ ingress: [{ kind: 'traefik', mode: 'host-network' }] });
  expect(values(spec)).toMatchObject({ 'net.ipv4.ip_unprivileged_port_start': '0' });
  const reason = needs(spec).sysctls?.find(({ key }) => key.endsWith('port_start'))?.reason;
  expect(reason).toContain('traefik runs as user 65532');
  expect(reason).toContain('80, 443');
});

test.each([
  ['the ingress is behind a Service', { kind: 'traefik', mode: 'load-balancer' }],
  [
    'its ports are high',
    { kind: 'traefik', mode: 'host-network', entrypoints: { web: { port: 8080 }, traefik: { port: 9000 } } },
  ],
] as const)('low ports stay closed to non-root users when %s', (_, ingress) => {
  expect(Object.keys(values(smallSpec({ ingress: [ingress] })))).not.toContain(LOW_PORTS);
});

test('only nodes with the listener open their low ports', () => {
  const spec = smallSpec({ ingress: [{ kind: 'traefik', mode: 'host-network', nodes: 'agents' }] });
  expect(Object.keys(values(spec, 'a'))).not.toContain(LOW_PORTS);
  expect(Object.keys(values(spec, 'c'))).toContain(LOW_PORTS);
});

test('IPv6 pods: forwarding for both, and router advertisements still accepted where addresses come by DHCP', () => {
  const spec = smallSpec({
    ...DUAL_STACK,
  });
  expect(values(spec)).toMatchObject({
    'net.ipv6.conf.all.forwarding': '1',
    'net.ipv6.conf.eth0.accept_ra': '2',
    'net.bridge.bridge-nf-call-ip6tables': '1',
  });
});
