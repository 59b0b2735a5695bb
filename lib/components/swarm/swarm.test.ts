import { execFileSync, spawnSync } from 'node:child_process';
import { mkdtempSync, rmSync, writeFileSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { parse } from 'yaml';
import nimbus from '../../../clusters/nimbus';
import nimbusSwarm from '../../../clusters/nimbus-swarm';
import { documentOf, part } from '../../../test/support/document';
import { filesOf } from '../../../test/support/files';
import { codesOf, findingsOf, planOf, walkTo } from '../../../test/support/plan';
import { bound } from '../../../test/support/render';
import { printEndpoint } from '../../plan/endpoint';
import { printPort } from '../../plan/flow';
import { arrivals } from '../../plan/seen-as';
import type { ClusterSpec } from '../../spec/cluster';
import { swarm } from './index';

const file = (spec: ClusterSpec, node: string, path: string) =>
  walkTo(spec)
    .parts.flatMap((one) => one.host(planOf(spec), node).files ?? [])
    .find((one) => one.path === path)?.content;

interface Stack {
  readonly services: Record<
    string,
    { readonly image: string; readonly ports?: unknown[]; readonly networks?: string[] }
  >;
  readonly networks: Record<string, { readonly driver: string; readonly driver_opts: Record<string, string> }>;
  readonly volumes?: Record<string, { readonly driver_opts: Record<string, string> }>;
}
const STACK = '/etc/wayleave/swarm/stack.yaml';
const stackOf = (spec: ClusterSpec) => parse(file(spec, 'a', STACK) ?? '') as Stack;

/** The same machines with both: K3s leaves 80 and 443 to the Swarm. */
const both: ClusterSpec = { ...nimbus, tests: [], ingress: [], swarm: nimbusSwarm.swarm };

describe('ports of the Swarm', () => {
  const flows = bound(swarm, nimbusSwarm).flows();

  test('are open between nodes, on the overlay alone', () => {
    expect(flows.map((flow) => `${printEndpoint(flow.to)} ${printPort(flow)} ${flow.over}`)).toEqual([
      'a 2377/tcp overlay',
      'every node 7946/tcp overlay',
      'every node 7946/udp overlay',
      'every node 4789/udp overlay',
    ]);
    const plan = planOf(nimbusSwarm);
    for (const node of ['a', 'b'])
      for (const { flow, devices } of arrivals(plan, node))
        if (flow.declaredBy === 'swarm') expect(devices).toEqual(['wg-nimbus']);
  });

  test('are bound to the overlay, but for VXLAN’s, which is the kernel’s', () => {
    expect(
      bound(swarm, nimbusSwarm)
        .listeners()
        .map(({ ports, bind }) => `${String(ports.host)} ${bind}`),
    ).toEqual(['2377 overlay', '7946 overlay', '7946 overlay', '4789 all']);
  });

  test('meet MetalLB’s and Calico’s, who use the same numbers', () => {
    const metallb = { ...both, loadBalancers: [{ kind: 'metallb' as const, pools: {} }] };
    expect(codesOf(metallb)).toContain('PORT_TWICE');
    expect(codesOf({ ...both, cni: { kind: 'calico' } })).toContain('PORT_TWICE');
  });
});

describe('pools', () => {
  test('are claimed, so that Docker’s own, which holds the overlay, is refused', () => {
    const spec = { ...nimbusSwarm, swarm: { ...nimbusSwarm.swarm, addressPool: '10.0.0.0/8' } };
    const [finding] = findingsOf(spec).filter(({ code }) => code === 'ADDRESS_OVERLAP');
    expect(finding?.message).toContain('10.10.0.0/16');
  });

  test('of bridges may not meet the pods', () => {
    const spec = { ...both, swarm: { ...nimbusSwarm.swarm, bridgePool: '10.42.0.0/16' } };
    expect(codesOf(spec)).toContain('ADDRESS_OVERLAP');
  });

  test('reach Docker: bridges by its daemon, the Swarm by the command that starts it', () => {
    expect(JSON.parse(file(nimbusSwarm, 'b', '/etc/docker/daemon.json') ?? '')).toEqual({
      'default-address-pools': [{ base: '172.30.0.0/16', size: 24 }],
      'userland-proxy': true,
    });
    expect(documentOf(nimbusSwarm)).toContain('--default-addr-pool 10.20.0.0/16 --default-addr-pool-mask-length 24');
  });
});

describe('what is typed', () => {
  const steps = part(documentOf(nimbusSwarm), 'The Swarm, one node at a time');

  test('starts the Swarm and joins it by addresses of the overlay alone', () => {
    expect(steps).toContain(
      'sudo docker swarm init --advertise-addr 10.10.0.1 --listen-addr 10.10.0.1:2377 --data-path-addr 10.10.0.1 ',
    );
    expect(steps).toContain(
      'sudo docker swarm join --advertise-addr 10.10.0.2 --listen-addr 10.10.0.2:2377 --data-path-addr 10.10.0.2 --token "$TOKEN" 10.10.0.1:2377',
    );
    expect(steps).not.toMatch(/10\.108/);
  });

  test('makes the routing mesh anew with packets that fit, and deploys the stack', () => {
    expect(steps).toContain(
      'docker network create --driver overlay --ingress --opt com.docker.network.driver.mtu=1370',
    );
    expect(steps).toContain(`--compose-file ${STACK} wayleave`);
  });

  test('is what Docker’s own client knows', () => {
    if (spawnSync('docker', ['--version']).status !== 0) return;
    for (const [, command = '', flags = ''] of steps.matchAll(/sudo docker (swarm \w+) (--.*)/g)) {
      const known = execFileSync('docker', [...command.split(' '), '--help'], { encoding: 'utf8' });
      for (const [flag] of flags.matchAll(/--[a-z-]+/g)) expect(known).toContain(`${flag} `);
    }
  });
});

test('where nodes reach each other by a hub, what Docker closed there is opened', () => {
  const overlay = { ...nimbusSwarm.networks.overlay, topology: { hub: 'a' } };
  const hub = documentOf({ ...nimbusSwarm, networks: { ...nimbusSwarm.networks, overlay } });
  expect(hub).toContain(
    'On `a`, by which the nodes reach each other on `overlay`, also `sudo iptables -P FORWARD ACCEPT`',
  );
  expect(documentOf(nimbusSwarm)).not.toContain('-P FORWARD');
  const inner = { ...overlay, prefix: 'fd00:10::/64' };
  const { a, b } = nimbusSwarm.nodes;
  const six = documentOf({
    ...nimbusSwarm,
    networks: {
      ...nimbusSwarm.networks,
      overlay: inner,
      lan: { kind: 'lan', interface: 'eth1', prefix: '10.9.0.0/24' },
    },
    nodes: {
      a: { ...a, addresses: { ...a.addresses, overlay: 'fd00:10::1', lan: '10.9.0.1' } },
      b: { ...b, addresses: { ...b.addresses, overlay: 'fd00:10::2', lan: '10.9.0.2' } },
    },
    swarm: { ...nimbusSwarm.swarm, network: 'lan' },
  });
  expect(six).not.toContain('-P FORWARD');
});

test('without K3s the document speaks of containers, and of no pods', () => {
  const whole = documentOf(nimbusSwarm);
  expect(whole).not.toContain('etcd');
  expect(filesOf(nimbusSwarm).get('hosts/a/etc/wayleave/firewall.nft')).not.toMatch(/chain pods|chain services/);
  const own = part(whole, 'Protected by themselves').split('\n');
  expect(own.filter((row) => row.includes('| SSH |'))).toHaveLength(1);
  expect(part(whole, 'On the nodes themselves')).toMatch(
    /`9000\/tcp` .*\| containers \(`172\.30\.0\.0\/16`\); every node \|/,
  );
  expect(part(whole, 'Firewall of the nodes')).not.toMatch(/NodePort|Service range|kube-proxy|Flannel|pods’/);
  expect(whole).not.toMatch(/kubelet|files of K3s/);
});

describe('the stack file', () => {
  test('lies on managers alone, and holds what components run', () => {
    expect(file(nimbusSwarm, 'b', STACK)).toBeUndefined();
    const { services, networks, volumes } = stackOf(nimbusSwarm);
    expect(Object.keys(services)).toEqual(['dnsmasq', 'easyhaproxy']);
    expect(Object.keys(networks)).toEqual(['default', 'easyhaproxy']);
    expect(volumes?.['volumes']?.driver_opts['o']).toBe('addr=10.10.0.1,nfsvers=4,rw,nolock,soft');
  });

  test('gives every network what fits into the tunnel: Docker would take 1500', () => {
    for (const { driver, driver_opts: options } of Object.values(stackOf(nimbusSwarm).networks))
      expect([driver, options]).toEqual(['overlay', { 'com.docker.network.driver.mtu': '1370' }]);
    expect(planOf(nimbusSwarm).mtu.map(({ sum }) => String(sum))).toContain('1500 − 80 WireGuard − 50 VXLAN = 1370');
  });

  test('there is none where nothing runs', () => {
    const { easyhaproxy: _easyhaproxy, dnsmasq: _dnsmasq, ...bare } = nimbusSwarm.swarm;
    expect(file({ ...nimbusSwarm, swarm: bare }, 'a', STACK)).toBeUndefined();
    expect(documentOf({ ...nimbusSwarm, swarm: bare })).not.toContain('docker stack deploy');
  });

  test('is one that Docker’s own client takes', () => {
    if (spawnSync('docker', ['--version']).status !== 0) return;
    const folder = mkdtempSync(join(tmpdir(), 'wayleave-stack-'));
    try {
      writeFileSync(join(folder, 'stack.yaml'), file(nimbusSwarm, 'a', STACK) ?? '');
      const read = execFileSync('docker', ['stack', 'config', '-c', join(folder, 'stack.yaml')], { encoding: 'utf8' });
      expect(parse(read)).toMatchObject({ services: { dnsmasq: {}, easyhaproxy: {} } });
    } finally {
      rmSync(folder, { recursive: true });
    }
  });
});

test('Docker starts behind the overlay, and never without it', () => {
  const unit = file(nimbusSwarm, 'b', '/etc/systemd/system/docker.service.d/10-wayleave-overlay.conf');
  expect(unit).toContain('Requires=wg-quick@wg-nimbus.service');
  expect(unit).toContain('After=wg-quick@wg-nimbus.service');
  expect(file(nimbusSwarm, 'b', '/etc/systemd/system/k3s-agent.service.d/10-wayleave-overlay.conf')).toBeUndefined();
});

describe('with K3s on the same machines', () => {
  test('the files of both are there, and what both want of a machine is written once', () => {
    for (const path of [
      '/etc/docker/daemon.json',
      '/etc/rancher/k3s/config.yaml',
      '/etc/systemd/system/docker.service.d/10-wayleave-overlay.conf',
      '/etc/systemd/system/k3s.service.d/10-wayleave-overlay.conf',
    ])
      expect(file(both, 'a', path)).toBeDefined();
    const { parts } = walkTo(both);
    const wanted = parts.flatMap((one) => one.host(planOf(both), 'a').sysctls ?? []);
    const forwarding = wanted.filter(({ key }) => key === 'net.ipv4.ip_forward');
    expect(forwarding.map(({ value }) => value)).toEqual(['1', '1']);
    expect(findingsOf(both).filter(({ severity }) => severity === 'error')).toEqual([]);
  });

  test('it is refused while both want 80 and 443, and both owners are named', () => {
    const errors = findingsOf({ ...both, ingress: nimbus.ingress }).filter(({ severity }) => severity === 'error');
    expect(errors.map(({ code }) => code).sort()).toEqual([
      'CAPABILITY_TWICE',
      'CAPABILITY_TWICE',
      'PORT_TWICE',
      'PORT_TWICE',
    ]);
    for (const { message } of errors) expect(message).toMatch(/easyhaproxy\b.*easyhaproxy-swarm/);
  });
});
