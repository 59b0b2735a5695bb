import { parse } from 'yaml';
import nimbus from '../../../clusters/nimbus';
import nimbusSwarm from '../../../clusters/nimbus-swarm';
import { planOf } from '../../../test/support/plan';
import { bound, render } from '../../../test/support/render';
import { smallSpec } from '../../../test/support/spec';
import { printEndpoint } from '../../plan/endpoint';
import { printPort } from '../../plan/flow';
import { arrivals } from '../../plan/seen-as';
import type { ClusterSpec } from '../../spec/cluster';
import { parseCluster } from '../../spec/parse';
import { apps } from '../apps/index';
import { VERSIONS } from '../versions';
import { easyhaproxy } from './index';
import type { EasyhaproxyOptions } from './options';
import { easyhaproxySwarm } from './service';

const k3sLife: ClusterSpec = { ...nimbus, tests: [] };
const withNodes = (nodes: EasyhaproxyOptions['nodes']) => smallSpec({ ingress: [{ kind: 'easyhaproxy', nodes }] });
const placed = (nodes: EasyhaproxyOptions['nodes']) =>
  bound(easyhaproxy, withNodes(nodes)).helm()?.values['masterNode'];

describe('its chart', () => {
  test('is installed by K3s where there is no Argo CD, from its own repository and pinned', () => {
    expect(bound(easyhaproxy, k3sLife).helm()).toMatchObject({
      repository: 'https://opensource.byjg.com/helm',
      version: VERSIONS.easyhaproxyChart,
      namespace: 'easyhaproxy',
    });
  });

  test('is told by one label that Kubernetes sets by itself where its pods run', () => {
    expect(placed('all')).toEqual({ label: 'kubernetes.io/os', values: ['linux'] });
    expect(placed('servers')).toEqual({ label: 'node-role.kubernetes.io/control-plane', values: ['true'] });
    expect(placed('agents')).toEqual({ label: 'kubernetes.io/hostname', values: ['c'] });
    expect(placed({ names: ['b', 'a'] })).toEqual({ label: 'kubernetes.io/hostname', values: ['a', 'b'] });
  });

  test('keeps no password: statistics are off', () => {
    const [object] = render(easyhaproxy, k3sLife, 'bootstrap');
    const values = parse((object?.spec as { valuesContent: string }).valuesContent) as {
      easyhaproxy: { stats: { password: string } };
    };
    expect(values.easyhaproxy.stats.password).toBe('');
  });
});

describe('its ports', () => {
  test('are host ports, which the firewall judges as they are dialled', () => {
    const rules = arrivals(planOf(k3sLife), 'b').filter(({ flow }) => flow.declaredBy === 'easyhaproxy');
    expect(rules.map(({ devices, port, sources }) => [devices[0], String(port), String(sources ?? 'anyone')])).toEqual([
      ['eth0', '80', 'anyone'],
      ['eth0', '443', 'anyone'],
      ['wg-nimbus', '80', '10.10.0.0/16'],
      ['wg-nimbus', '443', '10.10.0.0/16'],
    ]);
  });

  test('of statistics and dashboard are taken by the chart, and open to nobody', () => {
    const listeners = bound(easyhaproxy, k3sLife).listeners();
    expect(listeners.map(({ ports }) => String(ports.host))).toEqual(['80', '443', '1936', '11936']);
    const opened = bound(easyhaproxy, k3sLife).flows().map(printPort);
    expect(opened.filter((port) => port.includes('1936'))).toEqual([]);
  });

  test('meet an ingress of another kind on the same nodes', () => {
    const plan = planOf(smallSpec({ ingress: [{ kind: 'easyhaproxy' }, { kind: 'traefik', mode: 'host-network' }] }));
    const owners = plan.provided.filter(({ scope }) => scope === '80/tcp on every node').map(({ owner }) => owner);
    expect(owners.sort()).toEqual(['easyhaproxy', 'traefik']);
  });

  test('are dialled on the node network where that is no overlay and no other is named', () => {
    const [first] = bound(easyhaproxy, withNodes('all')).flows();
    expect([first?.over, first?.address]).toEqual(['lan', 'lan']);
  });
});

test('pods that no tolerance lets onto a node are told of', () => {
  const spec = smallSpec({ ingress: [{ kind: 'easyhaproxy' }] });
  const nodes = {
    ...spec.nodes,
    a: { ...spec.nodes['a'], addresses: { lan: '192.168.50.11' }, taints: ['role=db:NoSchedule'] },
  };
  const text = (one: ClusterSpec) =>
    bound(easyhaproxy, one)
      .notes()
      .map((note) => note.text)
      .join();
  expect(text(spec)).not.toContain('taint');
  expect(text({ ...spec, nodes })).toContain('none runs on `a`');
});

describe('on the Swarm', () => {
  const part = bound(easyhaproxySwarm, nimbusSwarm);

  test('runs once, on a manager, with its statistics off', () => {
    const { services } = part.stack();
    expect(services?.['easyhaproxy']).toMatchObject({
      image: `byjg/easy-haproxy:${VERSIONS.easyhaproxy}`,
      environment: { EASYHAPROXY_DISCOVER: 'swarm' },
      deploy: { replicas: 1, placement: { constraints: ['node.role == manager'] } },
    });
    expect(JSON.stringify(services)).not.toContain('PASSWORD');
  });

  test('is published on every node, and reached by both of a node’s addresses', () => {
    expect(part.listeners().map(({ on, ports, bind }) => [on, String(ports.host), bind])).toEqual([
      [{ nodes: 'all' }, '80', 'all'],
      [{ nodes: 'all' }, '443', 'all'],
    ]);
    expect(part.flows().map((flow) => `${printEndpoint(flow.from)} ${printPort(flow)} ${flow.address}`)).toEqual([
      'anywhere 80/tcp public',
      'anywhere 443/tcp public',
      'overlay 80/tcp overlay',
      'overlay 443/tcp overlay',
    ]);
  });
});

describe('apps behind it', () => {
  const served = (host: string | { host: string; path: string }): ClusterSpec =>
    smallSpec({
      ingress: [{ kind: 'easyhaproxy' }],
      apps: { web: { namespace: 'shop', ports: { http: { container: 3000, service: 80 } }, hosts: [host] } },
    });

  test('have Ingresses of its class, with the number of the Service’s port, which is all it reads', () => {
    const [ingress] = render(apps, served('shop.example.com')).filter(({ kind }) => kind === 'Ingress');
    expect(ingress?.spec).toMatchObject({
      ingressClassName: 'easyhaproxy',
      rules: [
        {
          host: 'shop.example.com',
          http: { paths: [{ backend: { service: { name: 'web', port: { number: 80 } } } }] },
        },
      ],
    });
  });

  test('are dialled by their Service’s address', () => {
    const flow = bound(easyhaproxy, served('shop.example.com'))
      .flows()
      .find(({ to }) => printEndpoint(to) === 'shop/web');
    expect([flow?.address, flow && printPort(flow)]).toEqual(['service', '80 → 3000/tcp']);
  });

  test('may have neither wildcards nor paths, which it would leave out', () => {
    const places = (host: string | { host: string; path: string }) =>
      parseCluster(served(host)).findings.map(({ at: [place = []], fix }) => [place.at(-1), fix]);
    expect(places('shop.example.com')).toEqual([]);
    expect(places('*.example.com')).toEqual([[0, 'its names one by one, or an ingress of kind traefik']]);
    expect(places({ host: 'shop.example.com', path: '/cart' })).toEqual([['path', '/']]);
  });
});
