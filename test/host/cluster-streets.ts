import { Address } from '../../lib/net/address';
import { addressesOf, interfaceOf } from '../../lib/plan/nodes';
import type { Plan } from '../../lib/plan/plan';
import { CAST } from './cast';
import { Namespace } from './namespace';

/** The router of a home, as others see it. */
export const ROUTER = Address.parse('203.0.113.77');

/** The networks between the nodes: one bridge for each, somebody from outside on each, and routers that hide homes. */
export class Streets {
  /** A node's address that its provider gave it and no spec names. */
  readonly unnamed = new Map<string, Address>();

  private constructor(
    readonly plan: Plan,
    readonly street: Namespace,
    readonly outside: Namespace,
    readonly router: Namespace,
  ) {}

  static async open(plan: Plan, nodes: ReadonlyMap<string, Namespace>): Promise<Streets> {
    const [street, outside, router] = [
      await Namespace.open('street'),
      await Namespace.open('outside'),
      await Namespace.open('router'),
    ];
    const streets = new Streets(plan, street, outside, router);
    streets.carriers.forEach((network, i) => streets.lay(network, i, nodes));
    return streets;
  }

  get hosts(): readonly Namespace[] {
    return [this.street, this.outside, this.router];
  }

  /** Networks that carry packets by themselves. */
  get carriers(): string[] {
    return Object.entries(this.plan.spec.networks).flatMap(([name, { kind }]) =>
      kind === 'wireguard' || kind === 'tailnet' ? [] : [name],
    );
  }

  /** Gives somebody outside one address more on a network. */
  settleOutside(network: string, address: Address): void {
    const device = `x${this.carriers.indexOf(network)}`;
    const known = this.outside.exec(['ip', '-o', 'address', 'show', 'to', String(address), 'dev', device]);
    if (known === '') this.outside.addAddress(device, address);
  }

  /** Makes somebody outside look for an address on a network that it does not belong to. */
  leadOutside(network: string, address: Address): void {
    const device = `x${this.carriers.indexOf(network)}`;
    this.outside.exec(['ip', 'route', 'replace', String(address), 'dev', device]);
  }

  private lay(name: string, i: number, nodes: ReadonlyMap<string, Namespace>): void {
    const { street, outside, router, plan } = this;
    const network = plan.spec.networks[name];
    if (network === undefined || network.kind === 'wireguard' || network.kind === 'tailnet') return;
    const mtu = network.mtuBytes;
    street.run(`ip link add br${i} type bridge && ip link set br${i} mtu ${mtu} up`);
    const join = (host: Namespace, device: string, port: string) => {
      street.run(`ip link add ${port} type veth peer name ${device} netns ${host.pid}`);
      street.run(`ip link set ${port} mtu ${mtu} master br${i} up`);
      host.run(`ip link set ${device} mtu ${mtu} up`);
    };
    join(outside, `x${i}`, `o${i}`);
    join(router, `r${i}`, `r${i}`);
    if (network.kind === 'public') {
      this.settleOutside(name, CAST.internet4);
      this.settleOutside(name, CAST.internet6);
      byDefault(outside, `x${i}`);
      router.addAddress(`r${i}`, ROUTER);
      byDefault(router, `r${i}`);
      router.run(`sysctl -qw net.ipv4.ip_forward=1; iptables -t nat -A POSTROUTING -o r${i} -j MASQUERADE`);
    } else {
      outside.run(`ip route add ${network.prefix} dev x${i}`);
      if (network.gateway !== undefined) router.addAddress(`r${i}`, network.gateway, network.prefix.length);
    }
    [...nodes].forEach(([node, host], n) => {
      const addresses = addressesOf(plan.spec, node, name);
      if (addresses.length === 0) return;
      const device = interfaceOf(plan.spec, node, name);
      join(host, device, `n${n}-${i}`);
      const length = network.kind === 'public' ? undefined : network.prefix.length;
      for (const address of addresses) host.addAddress(device, address, length);
      if (network.kind === 'public') {
        const unnamed = CAST.unnamed6.plus(n);
        host.addAddress(device, unnamed);
        this.unnamed.set(node, unnamed);
        byDefault(host, device);
      } else if (network.gateway !== undefined)
        host.run(`ip route add default via ${network.gateway} metric ${100 + i}`);
    });
  }
}

/** Everybody is on the link: who has an address answers for it. */
function byDefault(host: Namespace, device: string): void {
  host.run(`ip route add default dev ${device}; ip -6 route add default dev ${device}`);
}
