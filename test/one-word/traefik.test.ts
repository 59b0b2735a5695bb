import honeydue from '../../clusters/honeydue';
import type { ClusterSpec } from '../../lib/spec/cluster';
import { difference } from '../support/difference';
import { filesOf } from '../support/files';
import { codesOf, planOf } from '../support/plan';

const ingress = (mode: 'host-network' | 'load-balancer'): ClusterSpec['ingress'] => [
  { kind: 'traefik', mode, allowFrom: ['cloudflare'] },
];
const host: ClusterSpec = { ...honeydue, ingress: ingress('host-network') };
const balanced: ClusterSpec = {
  ...honeydue,
  ingress: ingress('load-balancer'),
  loadBalancers: [{ kind: 'servicelb' }],
};

test('a load balancer that nobody gives addresses is refused', () => {
  expect(new Set(codesOf({ ...balanced, loadBalancers: [] }))).toEqual(new Set(['CAPABILITY_MISSING']));
});

describe('Traefik on the host network → behind a load balancer, by one word', () => {
  const { gone, come } = difference(filesOf(host), filesOf(balanced));
  const rendered = (lines: readonly string[]) =>
    lines
      .filter((line) => line.startsWith('traefik/'))
      .map((line) => line.replace('traefik/kube-system.k8s.yaml: ', ''));

  test('the setting that opens low ports to everyone goes', () => {
    expect(gone).toContain('hosts/*/etc/sysctl.d/99-wayleave.conf: net.ipv4.ip_unprivileged_port_start = 0');
  });

  test('the chart’s values change: network, ports, Service', () => {
    expect(rendered(gone)).toEqual(
      expect.arrayContaining(['hostNetwork: true', 'port: 80', 'port: 443', 'type: ClusterIP']),
    );
    expect(rendered(come)).toEqual(expect.arrayContaining(['port: 8000', 'port: 8443', 'type: LoadBalancer']));
  });

  test('K3s is no longer told to leave its own load balancer out', () => {
    expect(gone).toContain('hosts/*/etc/rancher/k3s/config.yaml: - servicelb');
  });

  test('the nodes bind 80 and 443 no more, nor Traefik’s ports for probes and metrics', () => {
    const bound = (spec: ClusterSpec) =>
      planOf(spec)
        .listeners.filter(({ owner }) => owner === 'traefik')
        .flatMap(({ ports }) => (ports.host === undefined ? [] : [String(ports.host)]));
    expect(bound(host).sort()).toEqual(['443', '80', '8080', '9100']);
    expect(bound(balanced)).toEqual([]);
  });

  test('clients’ flows lead to other ports by the node’s address, and the firewall judges by that address', () => {
    const dialled = (spec: ClusterSpec) =>
      planOf(spec)
        .flows.filter(({ from, declaredBy }) => from.kind === 'range' && declaredBy === 'traefik')
        .map(
          ({ address, port }) => `${address} ${String(port?.service ?? port?.container)} ${String(port?.container)}`,
        );
    expect(new Set(dialled(host))).toEqual(new Set(['public 80 80', 'public 443 443']));
    expect(new Set(dialled(balanced))).toEqual(new Set(['public 80 8000', 'public 443 8443']));
    const rule = /-p tcp (-d [\d.]+ )?--dport 443 -s 173\.245\.48\.0\/20/;
    const opened = (lines: readonly string[]) =>
      lines
        .filter((line) => line.startsWith('hosts/*/etc/ufw/user.rules'))
        .flatMap((line) => rule.exec(line)?.[1] ?? []);
    expect(gone.some((line) => line.includes('-p tcp --dport 443 -s 173.245.48.0/20'))).toBe(true);
    expect(opened(come)).toHaveLength(3);
  });

  test('and the document tells the other way in', () => {
    const document = (lines: readonly string[]) => lines.filter((line) => line.startsWith('NETWORK.md')).join('\n');
    expect(document(gone)).toContain("in the node's own network");
    expect(document(come)).toContain('LoadBalancer');
  });
});
