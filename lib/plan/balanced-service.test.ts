import homelab from '../../clusters/homelab';
import jigga from '../../clusters/jigga';
import { planOf } from '../../test/support/plan';
import { smallSpec } from '../../test/support/spec';
import { CLOUDFLARE_RANGES } from '../net/well-known-cloudflare';
import { clusterSchema, type ClusterSpec } from '../spec/cluster';
import { balancedSpec } from './balanced-service';
import { printEndpoint } from './endpoint';
import { printPort, type Flow } from './flow';
import { pinAnnotations } from './load-balancer';
import { arrivals } from './seen-as';

const pools = { main: { addresses: '192.168.50.200-192.168.50.209', network: 'lan' } };
const METALLB = [{ kind: 'metallb' as const, pools }];
const app = (loadBalancer: object = {}, loadBalancers: ClusterSpec['loadBalancers'] = METALLB): ClusterSpec =>
  smallSpec({
    ...(loadBalancers === undefined ? {} : { loadBalancers }),
    apps: { mqtt: { namespace: 'home', ports: { mqtt: { container: 1884, service: 1883 } }, loadBalancer } },
  });
const serviceOf = (spec: ClusterSpec) => {
  const [service] = planOf(spec).loadBalancers;
  if (service === undefined) throw new Error('no LoadBalancer Service');
  return service;
};
const balanced = (spec: ClusterSpec) => balancedSpec(clusterSchema.parse(spec), serviceOf(spec));
const callers = (spec: ClusterSpec): Flow[] => planOf(spec).flows.filter(({ reason }) => reason.startsWith('callers'));
const line = (flow: Flow) =>
  `${printEndpoint(flow.from)} ${printPort(flow)} ${flow.address} ${String(flow.dialled)} over ${flow.over}`;

describe('who calls', () => {
  test('anyone dials any address of the pool, on the pool’s network', () => {
    expect(callers(app()).map(line)).toEqual(['anywhere 1883 → 1884/tcp vip 192.168.50.200-192.168.50.209 over lan']);
  });

  test('a pinned Service is dialled at its own address alone', () => {
    const spec = app({ addresses: '192.168.50.201', allowFrom: [{ network: 'lan' }] });
    expect(callers(spec).map(line)).toEqual(['lan 1883 → 1884/tcp vip 192.168.50.201 over lan']);
  });

  test('devices of a tailnet come out of the subnet router’s pod, and the firewall meets them there', () => {
    const tailnet = callers(jigga).filter(({ over }) => over === 'pods');
    expect(new Set(tailnet.map(({ from }) => printEndpoint(from)))).toEqual(new Set(['tailscale/k3s-router']));
    const seen = arrivals(planOf(jigga), 'ichigo').filter(({ flow }) =>
      tailnet.some((one) => one.reason === flow.reason),
    );
    expect(new Set(seen.map(({ devices }) => devices.join()))).toEqual(new Set(['cni0', 'eth0']));
    expect(seen.every(({ devices, sources }) => devices[0] !== 'cni0' || sources === undefined)).toBe(true);
  });
});

describe('the Service itself', () => {
  test('lets in those who may call it, and everyone only where everyone may', () => {
    expect(balanced(app()).loadBalancerSourceRanges).toBeUndefined();
    expect(balanced(app({ allowFrom: [{ network: 'lan' }] })).loadBalancerSourceRanges).toEqual(['192.168.50.0/24']);
    expect(balanced(app({ allowFrom: ['anywhere', { network: 'lan' }] })).loadBalancerSourceRanges).toBeUndefined();
  });

  test('an empty list would let everyone in, so nobody is written as loopback', () => {
    expect(balanced(app({ allowFrom: [] })).loadBalancerSourceRanges).toEqual(['127.0.0.0/8', '::1/128']);
  });

  test('names no callers of a family that its address is not of', () => {
    const ranges = balanced(app({ addresses: '192.168.50.201', allowFrom: ['cloudflare'] })).loadBalancerSourceRanges;
    expect(ranges).toEqual(CLOUDFLARE_RANGES.family(4).prefixes().map(String));
  });

  test('behind a tailnet’s router its callers bear pods’ addresses', () => {
    const [service] = planOf(jigga).loadBalancers;
    expect(service && balancedSpec(clusterSchema.parse(jigga), service).loadBalancerSourceRanges).toEqual([
      '10.42.0.0/16',
      '192.168.7.0/24',
    ]);
  });

  test.each<[string, ClusterSpec, false | undefined]>([
    ['MetalLB', app(), false],
    ['kube-vip in front of kube-proxy', app({}, [{ kind: 'kube-vip', services: {}, pools }]), undefined],
    ['kube-vip in front of Cilium', homelab, false],
    ['ServiceLB', app({}, [{ kind: 'servicelb' }]), undefined],
  ])('takes node ports only where somebody needs them: %s', (_, spec, expected) => {
    expect(balanced(spec).allocateLoadBalancerNodePorts).toBe(expected);
  });
});

describe('pinning', () => {
  const annotations = (balancers: ClusterSpec['loadBalancers'], wants: object) => {
    const spec = app(wants, balancers);
    return pinAnnotations(clusterSchema.parse(spec), serviceOf(spec));
  };
  const pinned = { addresses: '192.168.50.201' };

  test('each allocator reads its own annotation', () => {
    expect(annotations(METALLB, pinned)).toEqual({ 'metallb.io/loadBalancerIPs': '192.168.50.201' });
    expect(annotations([{ kind: 'kube-vip', services: {}, pools }], pinned)).toEqual({
      'kube-vip.io/loadbalancerIPs': '192.168.50.201',
    });
    expect(annotations([{ kind: 'servicelb' }], {})).toEqual({});
  });

  test('every address of a set is named, neighbours too', () => {
    expect(annotations(METALLB, { addresses: ['192.168.50.201', '192.168.50.202'] })).toEqual({
      'metallb.io/loadBalancerIPs': '192.168.50.201,192.168.50.202',
    });
  });

  test('a pool can be asked for by name', () => {
    expect(annotations(METALLB, { pool: 'main' })).toEqual({ 'metallb.io/address-pool': 'main' });
  });
});
