import jigga from '../../../clusters/jigga';
import { documentOf, part } from '../../../test/support/document';
import { codesOf, planOf } from '../../../test/support/plan';
import { bound, render, titles } from '../../../test/support/render';
import { printEndpoint } from '../../plan/endpoint';
import { printPort } from '../../plan/flow';
import { clusterSchema, type ClusterSpec } from '../../spec/cluster';
import { parseCluster } from '../../spec/parse';
import { VERSIONS } from '../versions';
import { tailscale } from './index';
import { tailscaleOptions, type TailscaleOptions } from './options';
import { tailnetPolicy } from './policy';
import { routesOf, unreached } from './routes';

const with_ = (changes: object): ClusterSpec => ({
  ...jigga,
  tunnels: [jigga.tunnels[0], { kind: 'tailscale', network: 'tailnet', ...changes }] as ClusterSpec['tunnels'],
});
const routed = (...routes: string[]) => with_({ connectors: { 'k3s-router': { routes } } });

function own(input: ClusterSpec) {
  const spec = clusterSchema.parse(input);
  const options = spec.tunnels.find((tunnel) => tunnel.kind === 'tailscale');
  if (options?.kind !== 'tailscale') throw new Error('no tailscale');
  return { spec, options: options satisfies TailscaleOptions };
}

const note = (input: ClusterSpec, section: string) =>
  bound(tailscale, input)
    .notes()
    .find((one) => one.section === section)?.text ?? '';

describe('jigga', () => {
  test('a subnet router for pods, Services and every address of the pool', () => {
    const objects = render(tailscale, jigga);
    expect(titles(objects)).toEqual(['Connector k3s-router']);
    expect(objects.find(({ kind }) => kind === 'Connector')?.spec).toEqual({
      hostname: 'k3s-router',
      subnetRouter: { advertiseRoutes: ['10.42.0.0/16', '10.43.0.0/16', '192.168.7.230/31', '192.168.7.232/32'] },
      tags: ['tag:k8s'],
    });
  });

  test('the operator by its chart, with credentials that must exist', () => {
    const part = bound(tailscale, jigga);
    expect(part.helm()).toMatchObject({
      chart: 'tailscale-operator',
      repository: 'https://pkgs.tailscale.com/helmcharts',
      namespace: 'tailscale',
      version: VERSIONS.tailscaleOperatorChart,
    });
    expect(JSON.stringify(part.helm()?.values)).not.toContain('oauth');
    expect(part.secrets()).toMatchObject([
      { namespace: 'tailscale', name: 'operator-oauth', keys: ['client_id', 'client_secret'] },
    ]);
  });

  test('another Secret is mounted in its place', () => {
    expect(bound(tailscale, with_({ oauthSecret: 'other' })).helm()?.values['oauthSecretVolume']).toEqual({
      secret: { secretName: 'other' },
    });
  });

  test('what both call: control plane, relays, STUN, and devices at whatever port they are found', () => {
    const calls = (name: string) =>
      bound(tailscale, jigga)
        .flows()
        .filter(({ from, over }) => printEndpoint(from) === name && over === 'outside')
        .map((flow) => `${printEndpoint(flow.to)} ${printPort(flow)}`);
    const all = [
      "Tailscale's control plane 443/tcp",
      "Tailscale's relays 443/tcp",
      "Tailscale's relays 3478/udp",
      'anywhere udp',
    ];
    expect(calls('tailscale/operator')).toEqual(all);
    expect(calls('tailscale/k3s-router')).toEqual(all);
  });

  test('each route is a flow of its own, from the pod that bears the address', () => {
    const onward = bound(tailscale, jigga)
      .flows()
      .filter(({ source }) => source.includes('routes'))
      .map(({ from, to, over, address }) => `${printEndpoint(from)} → ${printEndpoint(to)} ${over} ${address}`);
    expect(onward).toEqual([
      'tailscale/k3s-router → every pod pods pod',
      'tailscale/k3s-router → every pod pods service',
    ]);
  });

  test('addresses that balancers give out are called at their Services, by those Services’ ports', () => {
    const called = (spec: ClusterSpec) =>
      planOf(spec)
        .flows.filter(({ from, address }) => printEndpoint(from) === 'tailscale/k3s-router' && address === 'vip')
        .map((flow) => `${String(flow.dialled)} ${printPort(flow)} over ${flow.over} → ${printEndpoint(flow.to)}`);
    const web = '192.168.7.230 80 → 8000/tcp over pods → kube-system/traefik';
    const secure = '192.168.7.230 443 → 8443/tcp over pods → kube-system/traefik';
    const mqtt = '192.168.7.231 1883/tcp over pods → mqtt/mqtt';
    expect(called(jigga).sort()).toEqual([secure, web, mqtt]);
    const open = { ...jigga.ingress[0], allowFrom: ['anywhere'] } as NonNullable<ClusterSpec['ingress']>[number];
    expect(called({ ...jigga, ingress: [open] }).sort()).toEqual([secure, web, mqtt]);
    const shut = { ...jigga.ingress[0], allowFrom: [{ network: 'lan' }] } as typeof open;
    expect(called({ ...jigga, ingress: [shut] })).toEqual([mqtt]);
    expect(part(documentOf(jigga), 'From the tailnet')).toContain('nobody yet (`192.168.7.232`)');
  });

  test('what else of a network a route covers is called there', () => {
    const onward = bound(tailscale, routed('192.168.7.0/24'))
      .flows()
      .filter(({ source }) => source.includes('routes'));
    expect(onward.map(({ over }) => over)).toEqual(['lan']);
    expect(onward[0]?.to).toMatchObject({ kind: 'range' });
    expect(printEndpoint(onward[0]?.to ?? { kind: 'internet' })).not.toContain('192.168.7.230');
  });

  test('its OAuth client may write Services too', () => {
    expect(part(documentOf(jigga), 'The tailnet')).toMatch(/write access to .*Devices Core, Auth Keys and Services/);
  });

  test('no port is opened for it, and a route is no ownership', () => {
    const own = bound(tailscale, jigga);
    expect(own.listeners().filter(({ ports }) => ports.host !== undefined)).toEqual([]);
    expect(own.claims()).toEqual([]);
  });
});

describe('routes', () => {
  test('as documented: the pool’s end is missing, and nodes are in it', () => {
    const { options, spec } = own(routed('192.168.7.224/29'));
    expect(unreached(options, spec).map(({ what, addresses }) => `${what} ${addresses}`)).toEqual([
      'pool lan-pool 192.168.7.232',
    ]);
    expect(routesOf(options, spec)[0]?.reaches.map(({ what, addresses }) => `${what} ${addresses}`)).toEqual([
      'pool lan-pool 192.168.7.230/31',
      'node naruto 192.168.7.224',
      'node tanjiro 192.168.7.225',
    ]);
  });

  test('each is told whose addresses it holds', () => {
    const { options, spec } = own(routed('10.42.1.0/24', '10.43.0.0/16', '10.0.0.0/24', '203.0.113.0/24'));
    expect(routesOf(options, spec).map(({ network }) => network)).toEqual(['pods', 'services', 'sdn', 'outside']);
  });

  test('jigga’s cover the whole pool and no node', () => {
    const { options, spec } = own(jigga);
    expect(unreached(options, spec)).toEqual([]);
    expect(routesOf(options, spec).flatMap(({ reaches }) => reaches.map(({ what }) => what))).not.toContain(
      'node naruto',
    );
  });
});

describe('the document', () => {
  test('says what a route leaves out, and what it lets in besides', () => {
    const text = note(routed('192.168.7.224/29'), 'ingress');
    expect(text).toContain(
      '**Not in any route**, so that devices of the tailnet do not find them: pool lan-pool (`192.168.7.232`)',
    );
    expect(text).toContain('The routes also lead to node naruto, node tanjiro');
    expect(note(jigga, 'ingress')).toContain('Every address that a load balancer gives out lies in a route.');
    expect(note(jigga, 'ingress')).toContain('`*.int.jigga.xyz` is `192.168.7.230`, which `192.168.7.230/31` covers');
  });

  test('prints the policy that approves the routes, and what Linux devices need', () => {
    const text = note(jigga, 'operations');
    expect(text).toContain('--accept-routes');
    expect(text).toContain(tailnetPolicy(own(jigga).options).join('\n'));
  });
});

test('the policy names each route once, with all tags that may advertise it', () => {
  const routes = ['10.42.0.0/16'];
  const { options } = own(
    with_({ connectors: { one: { routes, tags: ['tag:b'] }, two: { routes, tags: ['tag:a'], exitNode: true } } }),
  );
  expect(JSON.parse(tailnetPolicy(options).join('\n'))).toEqual({
    tagOwners: { 'tag:k8s-operator': [], 'tag:a': ['tag:k8s-operator'], 'tag:b': ['tag:k8s-operator'] },
    autoApprovers: { routes: { '10.42.0.0/16': ['tag:a', 'tag:b'] }, exitNode: ['tag:a'] },
  });
});

describe('how pods of connectors are to be', () => {
  const classes = {
    small: {
      labels: { team: 'net' },
      nodes: { names: ['naruto'] },
      tolerations: [{ key: 'edge', value: 'yes', effect: 'NoSchedule' }, {}],
      requests: { cpu: '50m', memory: '64Mi' },
      limits: { memory: '128Mi' },
      metrics: true,
    },
    plain: {},
  };
  const spec = with_({
    proxyClasses: classes,
    connectors: { router: { routes: ['10.42.0.0/16'], proxyClass: 'small' }, exit: { exitNode: true } },
  });

  test('stands in a ProxyClass, to which its connectors refer', () => {
    const objects = render(tailscale, spec);
    expect(titles(objects)).toEqual(['Connector exit', 'Connector router', 'ProxyClass plain', 'ProxyClass small']);
    const named = (name: string) => objects.find(({ metadata }) => metadata.name === name)?.spec;
    expect(named('plain')).toEqual({});
    expect(named('router')).toMatchObject({ proxyClass: 'small' });
    expect(named('exit')).not.toHaveProperty('proxyClass');
    expect(named('small')).toMatchObject({
      metrics: { enable: true },
      statefulSet: {
        pod: {
          labels: { team: 'net' },
          tolerations: [{ key: 'edge', operator: 'Equal', value: 'yes', effect: 'NoSchedule' }, { operator: 'Exists' }],
          tailscaleContainer: {
            resources: { requests: { cpu: '50m', memory: '64Mi' }, limits: { memory: '128Mi' } },
          },
        },
      },
    });
    expect(JSON.stringify(named('small'))).toContain(
      '"key":"kubernetes.io/hostname","operator":"In","values":["naruto"]',
    );
  });

  test('is known to the plan: where they run, and that they serve metrics', () => {
    const plan = planOf(spec);
    expect(plan.workloads.get('tailscale/router')?.nodes).toEqual({ names: ['naruto'] });
    expect(plan.workloads.get('tailscale/exit')?.nodes).toBe('all');
    const metrics = plan.listeners.filter(({ purpose }) => purpose.startsWith('metrics of connector'));
    expect(metrics.map(({ purpose, ports }) => `${purpose} ${ports.container}`)).toEqual([
      'metrics of connector router 9002',
    ]);
  });

  test('a class that is not there, and an amount that is none', () => {
    const found = (connectors: object, proxyClasses: object) =>
      parseCluster(with_({ connectors, proxyClasses })).findings.map(({ message, fix }) => `${message} [${fix ?? ''}]`);
    const router = { exitNode: true, proxyClass: 'smal' };
    expect(found({ router }, classes)).toEqual([
      'tunnel tailscale has no proxy class "smal"; it has plain, small [small]',
    ]);
    expect(found({}, { odd: { limits: { memory: '128 MB' } } })).toEqual([
      expect.stringContaining('must be a quantity'),
    ]);
    expect(found({}, { odd: { tolerations: [{ value: 'x' }] } })).toEqual([
      expect.stringContaining('must name the key'),
    ]);
  });
});

test('two operators are two owners of one function', () => {
  const second = { ...jigga.tunnels[1], name: 'second' };
  expect(codesOf({ ...jigga, tunnels: [...jigga.tunnels, second] as ClusterSpec['tunnels'] })).toContain(
    'CAPABILITY_TWICE',
  );
});

describe('what is refused', () => {
  const issues = (connector: object, name = 'router') =>
    tailscaleOptions
      .safeParse({ kind: 'tailscale', network: 'tailnet', connectors: { [name]: connector } })
      .error?.issues.map(({ message }) => message);

  test.each([
    ['a route that is no CIDR', { routes: ['192.168.7.230'] }, /192\.168\.7\.230/],
    ['a route with host bits', { routes: ['192.168.7.230/24'] }, /host bits/],
    ['a connector that does nothing', {}, /must have routes, or be an exit node/],
    ['a tag that the operator refuses', { exitNode: true, tags: ['tag:1k8s'] }, /must be a tag/],
  ])('%s', (_, connector, problem) => {
    expect(issues(connector)?.join()).toMatch(problem);
  });
});
