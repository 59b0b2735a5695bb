import { load } from 'js-yaml';
import honeydue from '../../../clusters/honeydue';
import { CLOUDFLARE_RANGES } from '../../net/well-known-cloudflare';
import { AddressSet } from '../../net/address-set';
import { printEndpoint } from '../../plan/endpoint';
import { printPort } from '../../plan/flow';
import { clusterSchema, type ClusterSpec } from '../../spec/cluster';
import { bound, render, titles } from '../../../test/support/render';
import { smallSpec } from '../../../test/support/spec';
import homelab from '../../../clusters/homelab';
import jigga from '../../../clusters/jigga';
import { planOf } from '../../../test/support/plan';
import { traefik } from './index';
import type { BundledValues, OwnValues } from './value-types';

function valuesOf(spec: ClusterSpec): BundledValues {
  const [config] = render(traefik, spec);
  return load((config?.spec as { valuesContent: string }).valuesContent) as BundledValues;
}

const behindService = (changes: object = {}) => smallSpec({ ingress: [{ kind: 'traefik', ...changes }] });

describe('on the host network', () => {
  const values = valuesOf(honeydue);

  test('is a DaemonSet that binds 80 and 443 of each node and resolves cluster names', () => {
    expect(values.deployment).toEqual({ kind: 'DaemonSet', dnsPolicy: 'ClusterFirstWithHostNet' });
    expect(values.hostNetwork).toBe(true);
    expect([values.ports['web']?.port, values.ports['websecure']?.port]).toEqual([80, 443]);
  });

  test('replaces the old pod before the new one, since both want one port', () => {
    expect(values.updateStrategy?.rollingUpdate).toEqual({ maxUnavailable: 1, maxSurge: 0 });
  });

  test('gives ServiceLB nothing to announce, and Ingresses a status without it', () => {
    expect(values.service).toEqual({ type: 'ClusterIP' });
    expect(values.providers?.kubernetesIngress.publishedService.enabled).toBe(false);
    expect(values.additionalArguments).toEqual(['--providers.kubernetesingress.ingressendpoint.ip=178.104.247.152']);
  });

  test('shows an address that clients can dial, although the first node has none', () => {
    const { networks, nodes } = smallSpec();
    const part = valuesOf(
      smallSpec({
        networks: { ...networks, wan: { kind: 'public', interface: 'eth1' } },
        nodes: { ...nodes, c: { role: 'agent', addresses: { lan: '192.168.50.13', wan: '193.0.14.129' } } },
        ingress: [{ kind: 'traefik', mode: 'host-network', network: 'wan' }],
      }),
    );
    expect(part.additionalArguments).toEqual(['--providers.kubernetesingress.ingressendpoint.ip=193.0.14.129']);
  });

  test('runs as a user that is not root, without capabilities', () => {
    expect(values.podSecurityContext).toMatchObject({ runAsUser: 65532, runAsNonRoot: true });
    expect(values.securityContext.capabilities.drop).toEqual(['ALL']);
  });

  test('believes forwarded headers from Cloudflare alone', () => {
    for (const name of ['web', 'websecure']) {
      const trusted = values.ports[name]?.forwardedHeaders?.trustedIPs ?? [];
      expect(AddressSet.parse(trusted).equals(CLOUDFLARE_RANGES)).toBe(true);
    }
  });

  test('serves apps on the spec’s entrypoints only, never on the metrics’ own', () => {
    const defaults = Object.entries(values.ports).filter(([, port]) => port.asDefault);
    expect(defaults.map(([name]) => name).sort()).toEqual(['web', 'websecure']);
    expect(values.ports['metrics']?.expose.default).toBe(false);
  });

  test('every port of the process is a listener of the node, with the user that needs the sysctl', () => {
    const listeners = bound(traefik, honeydue).listeners();
    expect(listeners.map((one) => String(one.ports.host)).sort()).toEqual(['443', '80', '8080', '9100']);
    expect(listeners.every((one) => one.runAsUser === 65532 && one.bind === 'all' && 'nodes' in one.on)).toBe(true);
  });

  test('is called by Cloudflare on 80 and 443, and dials the pods of the apps it serves', () => {
    const flows = bound(traefik, honeydue).flows();
    const lines = flows.map(
      (flow) => `${printEndpoint(flow.from)} → ${printEndpoint(flow.to)} ${printPort(flow)} ${flow.address}`,
    );
    expect(lines.sort()).toEqual([
      'Cloudflare → kube-system/traefik 443/tcp public',
      'Cloudflare → kube-system/traefik 80/tcp public',
      'kube-system/helm-install-traefik → every server 443 → 6443/tcp service',
      'kube-system/helm-install-traefik-crd → every server 443 → 6443/tcp service',
      'kube-system/traefik → every server 6443/tcp public',
      'kube-system/traefik → honeydue/admin 3000/tcp pod',
      'kube-system/traefik → honeydue/api 8000/tcp pod',
      'kube-system/traefik → kube-system/coredns 53/tcp service',
      'kube-system/traefik → kube-system/coredns 53/udp service',
    ]);
    expect(flows.find((flow) => printPort(flow) === '80/tcp')?.encryptedBy).toBeUndefined();
  });

  test('K3s and Argo CD are given the same bytes', () => {
    expect(render(traefik, honeydue, 'bootstrap')).toEqual(render(traefik, honeydue));
  });
});

describe('behind a LoadBalancer Service', () => {
  test('keeps the chart’s ports inside and the spec’s outside', () => {
    const values = valuesOf(behindService());
    expect(values.service).toMatchObject({ type: 'LoadBalancer', spec: { externalTrafficPolicy: 'Cluster' } });
    expect(values.hostNetwork).toBeUndefined();
    expect(values.ports['web']).toMatchObject({ port: 8000, exposedPort: 80 });
    expect(values.ports['websecure']).toMatchObject({ port: 8443, exposedPort: 443, http: { tls: { enabled: true } } });
  });

  test('is a pod on each of its nodes, or as many as asked for', () => {
    expect(valuesOf(behindService()).deployment).toEqual({ kind: 'DaemonSet' });
    expect(valuesOf(behindService({ workload: { replicas: 2 } })).deployment).toEqual({
      kind: 'Deployment',
      replicas: 2,
    });
  });

  test('sends one entrypoint on to another', () => {
    const { ports } = valuesOf(behindService({ redirects: { web: 'websecure' } }));
    expect(ports['web']?.http?.redirections?.entryPoint).toEqual({ to: 'websecure', scheme: 'https', permanent: true });
    expect(ports['websecure']?.http?.redirections).toBeUndefined();
  });

  test('trusts nobody’s headers unless told to', () => {
    expect(valuesOf(behindService()).ports['web']?.forwardedHeaders).toBeUndefined();
  });

  test('an entrypoint that is left out is bound all the same, and so is a listener, but not exposed', () => {
    const spec = behindService({ entrypoints: { websecure: { port: 443, tls: true } } });
    expect(valuesOf(spec).ports['web']).toEqual({ expose: { default: false } });
    const bindings = bound(traefik, spec)
      .listeners()
      .map((one) => `${one.ports.service ?? '-'} ${one.ports.container}`);
    expect(bindings.sort()).toEqual(['- 8000', '- 8080', '- 9100', '443 8443']);
  });

  test('clients dial the Service’s port of its address', () => {
    const fromClients = bound(traefik, behindService())
      .flows()
      .filter((flow) => flow.address === 'vip');
    expect(fromClients.map(printPort).sort()).toEqual(['443 → 8443/tcp', '80 → 8000/tcp']);
  });
});

describe('on some of the nodes', () => {
  const values = (nodes: object | string) => valuesOf(behindService({ nodes }));

  test.each([
    ['all', undefined, undefined],
    ['servers', { 'node-role.kubernetes.io/control-plane': 'true' }, undefined],
    [{ labels: { tier: 'edge' } }, { tier: 'edge' }, undefined],
    ['agents', undefined, { key: 'node-role.kubernetes.io/control-plane', operator: 'DoesNotExist' }],
    [{ names: ['c', 'a'] }, undefined, { key: 'kubernetes.io/hostname', operator: 'In', values: ['a', 'c'] }],
  ])('%j', (nodes, nodeSelector, expression) => {
    const { nodeSelector: selected, affinity } = values(nodes);
    const terms = affinity?.nodeAffinity.requiredDuringSchedulingIgnoredDuringExecution.nodeSelectorTerms;
    expect(selected).toEqual(nodeSelector);
    expect(terms?.[0]?.matchExpressions[0]).toEqual(expression);
  });
});

describe('a release of its own', () => {
  const homelabValues = bound(traefik, homelab).helm()?.values as OwnValues;

  test('is chart 41 in a namespace of its own, and K3s’s is left out', () => {
    const release = bound(traefik, homelab).helm();
    expect(release).toMatchObject({ name: 'traefik', namespace: 'traefik', chart: 'traefik', version: '41.3.0' });
    expect(
      planOf(homelab)
        .k3sFlags.get('node1')
        ?.find(({ name }) => name === 'disable')?.value,
    ).toContain('traefik');
    expect(titles(render(traefik, homelab))).toEqual(['Service traefik/traefik-vip239']);
  });

  test('has the Service’s type where chart 41 reads it', () => {
    expect(homelabValues.service).toEqual({
      annotations: { 'kube-vip.io/loadbalancerIPs': '192.168.1.231' },
      spec: {
        type: 'LoadBalancer',
        externalTrafficPolicy: 'Local',
        loadBalancerSourceRanges: ['192.168.1.0/24'],
        allocateLoadBalancerNodePorts: false,
      },
    });
  });

  test('each of its Services leads to its own entrypoints, and Ingresses without one go to the first', () => {
    const { ports } = homelabValues;
    expect(ports['web']).toMatchObject({ port: 8000, exposedPort: 80, expose: { default: true }, asDefault: true });
    expect(ports['web239']).toMatchObject({ port: 8010, exposedPort: 80, expose: { default: false } });
    expect(ports['web239']).not.toHaveProperty('asDefault');
    const second = render(traefik, homelab).find(({ metadata }) => metadata.name === 'traefik-vip239');
    expect(second?.metadata.annotations).toEqual({ 'kube-vip.io/loadbalancerIPs': '192.168.1.239' });
    expect(second?.spec).toMatchObject({
      type: 'LoadBalancer',
      externalTrafficPolicy: 'Local',
      selector: { 'app.kubernetes.io/instance': 'traefik-traefik', 'app.kubernetes.io/name': 'traefik' },
      ports: [
        { name: 'web239', port: 80, targetPort: 8010 },
        { name: 'websecure239', port: 443, targetPort: 8444 },
      ],
    });
  });

  test('clients dial each address on its own ports', () => {
    const lines = bound(traefik, homelab)
      .flows()
      .filter(({ address }) => address === 'vip')
      .map((flow) => `${printEndpoint(flow.from)} ${String(flow.dialled)} ${printPort(flow)}`);
    expect(lines.sort()).toEqual([
      'lan 192.168.1.231 443 → 8443/tcp',
      'lan 192.168.1.231 80 → 8000/tcp',
      'lan 192.168.1.239 443 → 8444/tcp',
      'lan 192.168.1.239 80 → 8010/tcp',
    ]);
  });

  test('owns ports by address, so that two addresses may share a number', () => {
    const scopes = bound(traefik, homelab)
      .provides()
      .flatMap(({ name, scope }) => (name === 'ingress-port' ? [scope] : []));
    expect(scopes.sort()).toEqual([
      '443/tcp on 192.168.1.231',
      '443/tcp on 192.168.1.239',
      '80/tcp on 192.168.1.231',
      '80/tcp on 192.168.1.239',
    ]);
  });

  test('on the host network it names the Ingresses’ address by chart 41’s own key', () => {
    const own = bound(
      traefik,
      smallSpec({ ingress: [{ kind: 'traefik', install: 'own', mode: 'host-network' }] }),
    ).helm();
    expect(own?.values).toMatchObject({
      service: { spec: { type: 'ClusterIP' } },
      providers: {
        kubernetesIngress: { publishedService: { enabled: false }, ingressEndpoint: { ip: '192.168.50.11' } },
      },
    });
    expect(own?.values).not.toHaveProperty('additionalArguments');
  });
});

test('an entrypoint is named so that a port can bear its name', () => {
  const spec = behindService({ entrypoints: { 'a-name-far-too-long': { port: 80 } } });
  expect(clusterSchema.safeParse(spec).error?.issues).toHaveLength(1);
});

describe('Services of other names', () => {
  const spec = behindService({ services: { front: { externalTrafficPolicy: 'Local' } } });

  test('the chart makes none, and Traefik publishes the address of the one that is there', () => {
    const values = valuesOf(spec);
    expect(values.service).toEqual({ enabled: false });
    expect(values.additionalArguments).toEqual([
      '--providers.kubernetesingress.ingressendpoint.publishedservice=kube-system/front',
    ]);
    expect(values.ports['web']).toMatchObject({ asDefault: true });
    expect(titles(render(traefik, spec))).toEqual(['HelmChartConfig kube-system/traefik', 'Service kube-system/front']);
  });
});

describe('jigga', () => {
  test('pins K3s’s own Service to its address, by chart 39’s keys', () => {
    expect(valuesOf(jigga).service).toMatchObject({
      type: 'LoadBalancer',
      annotations: { 'metallb.io/loadBalancerIPs': '192.168.7.230' },
      spec: { allocateLoadBalancerNodePorts: false },
    });
  });

  test('serves the internal certificate to names that have none', () => {
    const store = render(traefik, jigga).find(({ kind }) => kind === 'TLSStore');
    expect(store?.metadata).toMatchObject({ name: 'default', namespace: 'kube-system' });
    expect(store?.spec).toEqual({ defaultCertificate: { secretName: 'internal-tls' } });
  });
});
