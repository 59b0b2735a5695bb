import { load } from 'js-yaml';
import jigga from '../../clusters/jigga';
import { findingsOf, planOf } from '../support/plan';
import { render } from '../support/render';
import { apps } from '../../lib/components/apps/index';
import { metallb } from '../../lib/components/metallb/index';
import { kubeVip } from '../../lib/components/kube-vip/index';
import { traefik } from '../../lib/components/traefik/index';
import { rulesOf } from '../../lib/components/firewall/rules';
import { virtualAddresses } from '../../lib/emit/document/virtual-addresses';
import type { ClusterSpec } from '../../lib/spec/cluster';

/** jigga with kube-vip in MetalLB's place: the same pool, another owner. */
const swapped: ClusterSpec = {
  ...jigga,
  loadBalancers: [
    {
      kind: 'kube-vip',
      services: {},
      pools: { 'lan-pool': { addresses: '192.168.7.230-192.168.7.232', network: 'lan' } },
    },
  ],
};

const EITHER = ['load-balancer-addresses', 'load-balancer-announcement'];
const owners = (spec: ClusterSpec) =>
  planOf(spec)
    .provided.filter(({ name }) => EITHER.includes(name))
    .map(({ name, owner }) => `${name}: ${owner}`);
const opened = (spec: ClusterSpec) =>
  rulesOf(planOf(spec), 'ichigo').flatMap(({ port, protocol }) => (port === undefined ? [] : [`${port}/${protocol}`]));
const bindings = (spec: ClusterSpec) => planOf(spec).listeners.map(({ ports }) => String(ports.host ?? ''));
const annotations = (spec: ClusterSpec) =>
  render(apps, spec).find(({ kind, metadata }) => kind === 'Service' && metadata.name === 'mqtt')?.metadata.annotations;
const service = (spec: ClusterSpec) => {
  const config = render(traefik, spec).find(({ kind }) => kind === 'HelmChartConfig');
  const values = load((config?.spec as { valuesContent: string }).valuesContent);
  return (values as { service: Record<string, unknown> }).service;
};

describe('MetalLB → kube-vip, by one entry of the spec', () => {
  test('neither has anything wrong with it', () => {
    for (const spec of [jigga, swapped]) expect(findingsOf(spec)).toEqual([]);
  });

  test('allocation and announcement change hands', () => {
    expect(owners(jigga)).toEqual(EITHER.map((name) => `${name}: metallb`));
    expect(owners(swapped)).toEqual(EITHER.map((name) => `${name}: kube-vip`));
  });

  test('so do the objects', () => {
    expect(() => render(metallb, swapped)).toThrow();
    expect(render(kubeVip, swapped).map(({ kind }) => kind)).toContain('DaemonSet');
    expect(planOf(swapped).releases.map(({ name }) => name)).not.toContain('metallb');
  });

  test('every Service asks its new owner for its address', () => {
    expect(annotations(jigga)).toEqual({ 'metallb.io/loadBalancerIPs': '192.168.7.231' });
    expect(annotations(swapped)).toEqual({ 'kube-vip.io/loadbalancerIPs': '192.168.7.231' });
    expect(service(jigga)['annotations']).toEqual({ 'metallb.io/loadBalancerIPs': '192.168.7.230' });
    expect(service(swapped)['annotations']).toEqual({ 'kube-vip.io/loadbalancerIPs': '192.168.7.230' });
  });

  test('the nodes’ ports and firewalls follow', () => {
    expect(opened(jigga)).toEqual(expect.arrayContaining(['7946/tcp', '7946/udp']));
    expect(opened(swapped)).not.toContain('7946/tcp');
    expect(bindings(jigga)).toContain('9120');
    expect(bindings(swapped)).toContain('2113');
    expect(bindings(swapped)).not.toContain('9120');
  });

  test('clients dial the same addresses all the same', () => {
    const dialled = (spec: ClusterSpec) =>
      planOf(spec)
        .flows.filter(({ address }) => address === 'vip')
        .map((flow) => String(flow.dialled));
    expect(dialled(swapped)).toEqual(dialled(jigga));
  });

  test('the document names the owner', () => {
    const text = (spec: ClusterSpec) => virtualAddresses(planOf(spec)).blocks.join('\n');
    expect(text(jigga)).toContain('MetalLB');
    expect(text(swapped)).not.toContain('MetalLB');
    expect(text(swapped)).toContain('kube-vip');
  });
});
