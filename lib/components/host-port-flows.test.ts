import { crossroadsSpec } from '../../test/support/crossroads';
import { documentOf } from '../../test/support/document';
import { planOf, walkTo } from '../../test/support/plan';
import { render } from '../../test/support/render';
import type { Plan } from '../plan/plan';
import { publicRecords } from '../plan/records';
import { arrivals } from '../plan/seen-as';
import type { ClusterSpec } from '../spec/cluster';
import { hostRules } from './calico-host-endpoints/rules';
import { ciliumHostFirewall } from './cilium-host-firewall/index';

type Traefik = Omit<Extract<NonNullable<ClusterSpec['ingress']>[number], { kind: 'traefik' }>, 'kind'>;

/** Everyone there is: the whole internet, two networks of the node, and of two addresses one that is on a third. */
const EVERYONE: Traefik['allowFrom'] = [
  'anywhere',
  { network: 'lan' },
  { network: 'mesh' },
  { addresses: '10.1.0.5, 172.30.0.0/16' },
];
const RULES = ['eth0 192.168.50.0/24', 'eth1 172.30.0.0/16', 'eth1 anyone', 'eth2 10.1.0.5', 'wg-cross 10.10.0.0/16'];

const withTraefik = (changes: Partial<Traefik> = {}, more: Partial<ClusterSpec> = {}) =>
  crossroadsSpec({
    ingress: [
      {
        kind: 'traefik',
        mode: 'host-network',
        network: 'wan',
        entrypoints: { web: { port: 80 } },
        allowFrom: EVERYONE,
        ...changes,
      },
    ],
    apps: { shop: { namespace: 'shop', ports: { http: 8080 }, hosts: ['shop.example.com'] } },
    ...more,
  });

/** `eth0 192.168.50.0/24`, in order, of what arrives at port 80 of a node. */
const arriving = (plan: Plan, node = 'a') =>
  arrivals(plan, node)
    .filter(({ flow, port }) => flow.reason.startsWith('requests from outside') && port?.first === 80)
    .map(({ devices, sources }) => `${devices.join('+')} ${String(sources ?? 'anyone')}`)
    .sort();

test('every source comes in by the device of the network on which it dials the node', () => {
  expect(arriving(planOf(withTraefik()))).toEqual(RULES);
  expect(arriving(planOf(withTraefik()), 'b')).toEqual(RULES.filter((rule) => !rule.startsWith('eth2')));
});

test('a network that is not named comes in nowhere', () => {
  expect(arriving(planOf(withTraefik({ allowFrom: [{ network: 'lan' }] })))).toEqual(['eth0 192.168.50.0/24']);
});

test('EasyHAProxy hears the same callers, as pods behind host ports and as a service of the Swarm', () => {
  const inK3s = crossroadsSpec({ ingress: [{ kind: 'easyhaproxy', network: 'wan', allowFrom: EVERYONE }] });
  expect(arriving(planOf(inK3s))).toEqual(RULES);
  const inSwarm = crossroadsSpec({
    swarm: {
      network: 'lan',
      managers: ['a'],
      addressPool: '10.20.0.0/16',
      bridgePool: '172.31.0.0/16',
      easyhaproxy: { network: 'wan', allowFrom: EVERYONE },
    },
  });
  expect(arriving(planOf(inSwarm))).toEqual(RULES);
});

describe('what enforces it says so in its own words', () => {
  const files = (kind: 'nftables' | 'ufw') => {
    const { plan, parts } = walkTo(withTraefik({}, { firewall: { kind } }));
    const found = parts.find(({ name }) => name === 'firewall')?.host(plan, 'a').files ?? [];
    return found.flatMap(({ content }) => content.split('\n'));
  };

  test('nftables', () => {
    const rules = files('nftables').flatMap((line) => /^\s*(iifname .*) tcp dport 80 accept/.exec(line)?.[1] ?? []);
    expect(rules).toEqual([
      'iifname "eth0" ip saddr 192.168.50.0/24',
      'iifname "eth1"',
      'iifname "eth1" ip saddr 172.30.0.0/16',
      'iifname "eth2" ip saddr 10.1.0.5',
      'iifname "wg-cross" ip saddr 10.10.0.0/16',
    ]);
  });

  test('UFW', () => {
    const rules = files('ufw').flatMap((line) => /^-A ufw-user-input (.*) -j ACCEPT/.exec(line)?.[1] ?? []);
    expect(rules.filter((rule) => rule.includes('--dport 80'))).toEqual([
      '-i eth0 -p tcp --dport 80 -s 192.168.50.0/24',
      '-i eth1 -p tcp --dport 80',
      '-i eth1 -p tcp --dport 80 -s 172.30.0.0/16',
      '-i eth2 -p tcp --dport 80 -s 10.1.0.5',
      '-i wg-cross -p tcp --dport 80 -s 10.10.0.0/16',
    ]);
  });

  test('Calico, on each interface', () => {
    const plan = planOf(withTraefik({}, { cni: { kind: 'calico', hostEndpoints: true }, firewall: { kind: 'none' } }));
    const on = (device: string) =>
      hostRules(plan, 'a', device)
        .filter(({ port }) => port?.first === 80)
        .map(({ sources }) => String(sources ?? 'anyone'));
    expect([on('eth0'), on('eth2'), on('wg-cross')]).toEqual([['192.168.50.0/24'], ['10.1.0.5'], ['10.10.0.0/16']]);
  });

  test('Cilium, which asks no device: a node lets in whom it can meet', () => {
    const spec = withTraefik(
      { allowFrom: [{ network: 'sdn' }] },
      { cni: { kind: 'cilium' }, firewall: { kind: 'none' } },
    );
    const policies = render(ciliumHostFirewall, spec);
    const text = (name: string) => JSON.stringify(policies.find(({ metadata }) => metadata.name === name));
    expect(text('wayleave-servers')).toContain('10.1.0.0/24');
    expect(text('wayleave-agents')).not.toContain('10.1.0.0/24');
  });

  test('the document, by network and dialled address', () => {
    const rows = documentOf(withTraefik())
      .split('\n')
      .filter((line) => line.startsWith('| `ingress[0].allowFrom['))
      .map((line) => line.split(' | ').slice(1, 5).join(' '));
    expect(rows).toEqual([
      '`10.1.0.5` kube-system/traefik `sdn` SDN',
      '`172.30.0.0/16` kube-system/traefik `wan` PUBLIC',
      'anywhere kube-system/traefik `wan` PUBLIC',
      'lan (`192.168.50.0/24`) kube-system/traefik `lan` LAN',
      'mesh (`10.10.0.0/16`) kube-system/traefik `mesh` OVERLAY',
    ]);
  });
});

describe('names', () => {
  const values = (spec: ClusterSpec) => publicRecords(planOf(spec)).flatMap((record) => record.values);

  test('lead strangers to the front network, and not to addresses that only neighbours reach', () => {
    expect(values(withTraefik())).toEqual(['198.51.100.1', '198.51.100.2']);
  });

  test('lead neighbours to what they dial, if nobody else may call', () => {
    expect(values(withTraefik({ allowFrom: [{ network: 'lan' }] }))).toEqual(['192.168.50.11', '192.168.50.12']);
  });

  test('lead to the nodes whose host ports EasyHAProxy has', () => {
    const spec = withTraefik();
    expect(values({ ...spec, ingress: [{ kind: 'easyhaproxy', network: 'wan', nodes: { names: ['b'] } }] })).toEqual([
      '198.51.100.2',
    ]);
  });
});
