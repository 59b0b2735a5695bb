import { Address } from '../../lib/net/address';
import { addressesOf, interfaceOf } from '../../lib/plan/nodes';
import type { Plan } from '../../lib/plan/plan';
import { wayOut } from '../../lib/plan/way-out';
import { balancedAddresses, CAST, DOCKER, podAddresses, SERVICE_ADDRESSES } from './cast';
import type { Namespace } from './namespace';

/** A wire into the node: the device there, and the host and device at its other end. */
export interface Wire {
  readonly device: string;
  readonly mac: string;
  readonly at: Namespace;
  readonly end: string;
}

/** The hosts of a stage. */
export interface Hosts {
  readonly node: Namespace;
  readonly outside: Namespace;
  readonly pod: Namespace;
  readonly secondPod: Namespace;
  readonly far: Namespace;
  readonly container: Namespace;
}

const FAR_MAC = '02:00:00:00:00:fa';
const BRIDGE_MAC = '02:00:00:00:00:0f';

/** Kernel settings of the node's namespace alone: all of net.*. */
const KERNEL = `sysctl -qw net.ipv4.ip_forward=1 net.ipv6.conf.all.forwarding=1 net.ipv4.conf.all.rp_filter=0 \
net.ipv4.conf.default.rp_filter=0 net.ipv6.conf.default.accept_dad=0 net.ipv6.conf.all.accept_dad=0`;

/** Joins the hosts of a stage, and keeps account of what the node is joined by and reached under. */
export class Wiring {
  readonly wires: Wire[] = [];
  readonly own: Address[] = [];

  constructor(
    private readonly plan: Plan,
    private readonly name: string,
    private readonly hosts: Hosts,
  ) {
    hosts.node.run(KERNEL);
    const uplink = this.underlays();
    if (plan.podNetwork.podDevices.length > 0) {
      this.bridge();
      this.tunnels(uplink);
    }
    this.docker();
    if (plan.spec.k3s.proxy.mode === 'ipvs') this.ipvs();
  }

  /** The networks of the spec; everybody on them is one host. Gives the device of the way out. */
  private underlays(): string {
    const { node, outside } = this.hosts;
    const devices = new Map<string, Address[]>();
    const out = wayOut(this.plan.spec);
    for (const network of new Set([out, ...Object.keys(this.plan.spec.networks)])) {
      const addresses = addressesOf(this.plan.spec, this.name, network);
      if (addresses.length === 0) continue;
      const device = interfaceOf(this.plan.spec, this.name, network);
      devices.set(device, [...(devices.get(device) ?? []), ...addresses]);
    }
    for (const [device, addresses] of devices) {
      const { end } = this.wire(device, outside, `x-${device}`);
      for (const [host, way] of [
        [node, device],
        [outside, end],
      ] as const)
        this.byDefault(host, way);
      for (const address of addresses) this.ownAddress(device, address);
    }
    const uplink = [...devices.keys()][0] ?? '';
    this.ownAddress(uplink, CAST.unnamed6);
    outside.addAddress(`x-${uplink}`, CAST.internet4);
    outside.addAddress(`x-${uplink}`, CAST.internet6);
    return uplink;
  }

  /** Two pods of the node on its bridge. */
  private bridge(): void {
    const { node, pod, secondPod } = this.hosts;
    node.run(`ip link add cni0 type bridge && ip link set cni0 address ${BRIDGE_MAC} up`);
    this.joined({ device: 'cni0', mac: BRIDGE_MAC, at: pod, end: 'eth0' });
    for (const [name, at] of [
      ['first', pod],
      ['second', secondPod],
    ] as const) {
      node.run(
        `ip link add veth-${name} type veth peer name eth0 netns ${at.pid} && ip link set veth-${name} master cni0 up`,
      );
      // As Flannel's bridge plugin has it: a pod may reach itself by a Service.
      node.run(`ip link set veth-${name} type bridge_slave hairpin on`);
      at.run('ip link set eth0 up');
    }
    for (const { family, gateway, length, first, second } of podAddresses(this.plan)) {
      this.ownAddress('cni0', gateway, length);
      for (const [at, address] of [
        [pod, first],
        [secondPod, second],
      ] as const) {
        at.addAddress('eth0', address, length);
        at.run(`ip -${family} route add default via ${gateway}`);
      }
    }
  }

  /** A pod of another node behind each tunnel device; as Flannel does, who is where is told and not asked for. */
  private tunnels(uplink: string): void {
    const { node, far } = this.hosts;
    const [tunnel] = this.plan.podNetwork.tunnelDevices.map((device) =>
      this.wire(device, far, device.replace('.', '-')),
    );
    if (tunnel) far.run(`ip link set ${tunnel.end} address ${FAR_MAC}`);
    if (tunnel) this.byDefault(far, tunnel.end);
    for (const { first, far: address, farRange } of podAddresses(this.plan)) {
      node.run(`ip route add ${farRange} dev ${tunnel?.device ?? uplink}`);
      if (tunnel === undefined) continue;
      far.addAddress(tunnel.end, address);
      far.run(`ip neighbour add ${first} lladdr ${tunnel.mac} dev ${tunnel.end}`);
      node.run(`ip neighbour add ${address} lladdr ${FAR_MAC} dev ${tunnel.device}`);
    }
  }

  private docker(): void {
    const { container } = this.hosts;
    const { end } = this.wire('docker0', container, 'eth0');
    this.ownAddress('docker0', DOCKER.gateway, 16);
    container.addAddress(end, CAST.container, 16);
    container.run(`ip route add default via ${DOCKER.gateway}`);
    const pool = this.plan.spec.swarm?.bridgePool;
    if (pool === undefined) return;
    // The bridge by which containers of a Swarm leave, and one of a network of the node's own.
    ['docker_gwbridge', 'br-0123456789ab'].forEach((device, i) => {
      const at = this.wire(device, container, `eth${i + 1}`);
      const first = pool.first.plus(256 * (i + 1));
      this.ownAddress(device, first.plus(1), 24);
      container.addAddress(at.end, first.plus(2), 24);
    });
  }

  /** IPVS keeps every Service's address on a device of the node; a bridge without members stands for its dummy. */
  private ipvs(): void {
    this.hosts.node.run('ip link add kube-ipvs0 type bridge && ip link set kube-ipvs0 up');
    for (const address of [...SERVICE_ADDRESSES, ...balancedAddresses(this.plan)])
      this.ownAddress('kube-ipvs0', address);
  }

  private wire(device: string, at: Namespace, end: string): Wire {
    const mac = `02:00:00:00:00:0${this.wires.length + 1}`;
    this.hosts.node.run(
      `ip link add ${device} type veth peer name ${end} netns ${at.pid} && ip link set ${device} address ${mac} up`,
    );
    at.run(`ip link set ${end} up`);
    return this.joined({ device, mac, at, end });
  }

  private joined(wire: Wire): Wire {
    this.wires.push(wire);
    this.own.push(linkLocal(wire));
    return wire;
  }

  private ownAddress(device: string, address: Address, length?: number): void {
    this.hosts.node.addAddress(device, address, length);
    this.own.push(address);
  }

  /** The first of a host's devices wins. */
  private byDefault(host: Namespace, device: string): void {
    const metric = this.wires.length;
    host.run(
      `ip route add default dev ${device} metric ${metric}; ip -6 route add default dev ${device} metric ${metric}`,
    );
  }
}

/** The address that the kernel makes of a device's MAC (RFC 4291, appendix A). */
export function linkLocal({ mac }: Wire): Address {
  return Address.parse(`fe80::ff:fe00:${mac.slice(-1)}`);
}
