import { mkdirSync, mkdtempSync, rmSync, writeFileSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { dirname, join } from 'node:path';
import { Address } from '../../lib/net/address';
import { AddressSet } from '../../lib/net/address-set';
import type { HostFile } from '../../lib/plan/host-needs';
import { addressesOf, interfaceOf } from '../../lib/plan/nodes';
import type { Plan } from '../../lib/plan/plan';
import { Namespace } from './namespace';

/** A wire into the node: the device there, and the host and device at its other end. */
export interface Wire {
  readonly device: string;
  readonly mac: string;
  readonly at: Namespace;
  readonly end: string;
}

/** Addresses that stand on the stage beside the plan's own. */
export const CAST = {
  internet4: Address.parse('203.0.113.5'),
  internet6: Address.parse('2001:db8:f::5'),
  /** A rented server's IPv6 address, which no spec names. */
  unnamed6: Address.parse('2001:db8:1::1'),
  container: Address.parse('172.17.0.2'),
  virtual: Address.parse('203.0.113.200'),
};

/** One node of a plan with what a cluster puts on it, joined to hosts that play everybody else. */
export class Stage {
  private readonly folder = mkdtempSync(join(tmpdir(), 'wayleave-stage-'));

  private constructor(
    readonly plan: Plan,
    readonly name: string,
    readonly node: Namespace,
    readonly others: Readonly<Record<'outside' | 'pod' | 'secondPod' | 'far' | 'container', Namespace>>,
    readonly wires: readonly Wire[],
    /** Every address that is the node's own. */
    readonly own: AddressSet,
  ) {}

  static async open(plan: Plan, name: string): Promise<Stage> {
    const [node, outside, pod, secondPod, far, container] = await Promise.all(
      ['node', 'outside', 'pod', 'pod2', 'far', 'container'].map((host) => Namespace.open(host)),
    );
    if (!node || !outside || !pod || !secondPod || !far || !container) throw new Error('not all hosts opened');
    const others = { outside, pod, secondPod, far, container };
    node.run(KERNEL);
    const wires: Wire[] = [];
    const own: Address[] = [CAST.unnamed6];
    const wire = (device: string, at: Namespace, end: string): Wire => {
      const mac = `02:00:00:00:00:0${wires.length + 1}`;
      node.run(`ip link add ${device} type veth peer name ${end} netns ${at.pid} && ip link set ${device} address ${mac} up`);
      at.run(`ip link set ${end} up && ip route add default dev ${end} metric ${wires.length + 1}; ip -6 route add default dev ${end} metric ${wires.length + 1}`);
      wires.push({ device, mac, at, end });
      own.push(Address.parse(`fe80::ff:fe00:${wires.length}`));
      return { device, mac, at, end };
    };

    const devices = new Map<string, Address[]>();
    for (const network of Object.keys(plan.spec.networks)) {
      const addresses = addressesOf(plan.spec, name, network);
      if (addresses.length === 0) continue;
      const device = interfaceOf(plan.spec, name, network);
      devices.set(device, [...(devices.get(device) ?? []), ...addresses]);
    }
    for (const [device, addresses] of devices) {
      wire(device, outside, `x-${device}`);
      own.push(...addresses);
      for (const address of addresses) add(node, device, String(address));
      node.run(`ip route add default dev ${device} metric ${wires.length}; ip -6 route add default dev ${device} metric ${wires.length}`);
    }
    const [uplink = ''] = devices.keys();
    add(node, uplink, String(CAST.unnamed6));
    add(outside, `x-${uplink}`, String(CAST.internet4));
    add(outside, `x-${uplink}`, String(CAST.internet6));

    const pods = podAddresses(plan);
    node.run('ip link add cni0 type bridge && ip link set cni0 address 02:00:00:00:00:0c up');
    for (const [host, at] of [['first', pod], ['second', secondPod]] as const) {
      node.run(`ip link add veth-${host} type veth peer name eth0 netns ${at.pid} && ip link set veth-${host} master cni0 up`);
      // As Flannel's bridge plugin has it: a pod may reach itself by a Service.
      node.run(`ip link set veth-${host} type bridge_slave hairpin on`);
      at.run('ip link set eth0 up');
    }
    wires.push({ device: 'cni0', mac: '02:00:00:00:00:0c', at: pod, end: 'eth0' });
    own.push(Address.parse('fe80::ff:fe00:c'));
    for (const { family, gateway, length, first, second } of pods) {
      own.push(gateway);
      add(node, 'cni0', `${gateway}/${length}`);
      for (const [at, address] of [[pod, first], [secondPod, second]] as const) {
        add(at, 'eth0', `${address}/${length}`);
        at.run(`ip -${family} route add default via ${gateway}`);
      }
    }
    for (const tunnel of plan.podNetwork.tunnelDevices) wire(tunnel, far, tunnel.replace('.', '-'));
    const [tunnel] = wires.filter(({ at }) => at === far);
    if (tunnel) far.run(`ip link set ${tunnel.end} address ${FAR_MAC}`);
    for (const { first, far: address, farRange } of pods) {
      node.run(`ip route add ${farRange} dev ${tunnel?.device ?? uplink}`);
      if (tunnel === undefined) continue;
      // As Flannel does, who is where is told and not asked for.
      add(far, tunnel.end, String(address));
      far.run(`ip neighbour add ${first} lladdr ${tunnel.mac} dev ${tunnel.end}`);
      node.run(`ip neighbour add ${address} lladdr ${FAR_MAC} dev ${tunnel.device}`);
    }

    wire('docker0', container, 'eth0');
    node.run('ip address add 172.17.0.1/16 dev docker0');
    container.run(`ip address add ${CAST.container} dev eth0`);
    own.push(Address.parse('172.17.0.1'));
    if (plan.spec.k3s.proxy.mode === 'ipvs') {
      // IPVS keeps every Service's address on a device of the node; a bridge without members stands for the dummy.
      node.run('ip link add kube-ipvs0 type bridge && ip address add 10.43.0.1 dev kube-ipvs0 && ip address add 10.43.0.10 dev kube-ipvs0 && ip link set kube-ipvs0 up');
      own.push(Address.parse('10.43.0.1'), Address.parse('10.43.0.10'));
    }
    return new Stage(plan, name, node, others, wires, AddressSet.of(...own));
  }

  wire(device: string): Wire {
    const found = this.wires.find((wire) => wire.device === device);
    if (found === undefined) throw new Error(`no wire to ${device}`);
    return found;
  }

  /** Puts files where the node's programs look for them, and nowhere else: its /etc is its own for these. */
  write(files: readonly HostFile[]): void {
    for (const { path, content, mode } of files) {
      const staged = join(this.folder, path);
      mkdirSync(dirname(staged), { recursive: true });
      writeFileSync(staged, content, { mode: parseInt(mode ?? '0644', 8) });
      this.node.run(`mkdir -p ${dirname(path)} && cp -p ${staged} ${path}`);
    }
  }

  /** A /etc/ufw, /etc/default and /etc/wayleave that vanish with the stage. */
  ownEtc(): void {
    for (const folder of ['/etc/ufw', '/etc/default']) {
      this.node.run(`mkdir -p /run${folder} && cp -a ${folder}/. /run${folder} && mount --bind /run${folder} ${folder}`);
    }
  }

  pathOf(file: HostFile): string {
    return join(this.folder, file.path);
  }

  async close(): Promise<void> {
    await Promise.all([this.node, ...Object.values(this.others)].map((host) => host.close()));
    rmSync(this.folder, { recursive: true });
  }
}

const FAR_MAC = '02:00:00:00:00:fa';

/** Gives a host an address that is good at once: IPv6 would first ask whether somebody has it. */
function add(host: Namespace, device: string, address: string): void {
  host.exec(['ip', 'address', 'add', address, 'dev', device, ...(address.includes(':') ? ['nodad'] : [])]);
}

/** One pod range a family, as K3s would deal it out: the node's own block, and the next node's. */
export function podAddresses(plan: Plan) {
  return plan.spec.k3s.clusterCidrs.map((cidr) => {
    const length = cidr.family === 4 ? 24 : 64;
    const [here, there] = cidr.subnets(length);
    if (here === undefined || there === undefined) throw new Error(`${cidr} is too small`);
    const at = (n: number) => here.first.plus(n);
    return { family: cidr.family, length, gateway: at(1), first: at(5), second: at(6), far: there.first.plus(7), farRange: there };
  });
}

/** Kernel settings of the node's namespace alone: all of net.*. */
const KERNEL = `sysctl -qw net.ipv4.ip_forward=1 net.ipv6.conf.all.forwarding=1 net.ipv4.conf.all.rp_filter=0 \
net.ipv4.conf.default.rp_filter=0 net.ipv6.conf.default.accept_dad=0 net.ipv6.conf.all.accept_dad=0`;
