import type { Address } from '../../lib/net/address';
import type { Prefix } from '../../lib/net/prefix';
import { addressesOf } from '../../lib/plan/nodes';
import type { HostFile } from '../../lib/plan/host-needs';
import type { Plan } from '../../lib/plan/plan';
import type { Network } from '../../lib/spec/network';
import { Namespace } from './namespace';

/** The nodes of a plan, each a host of its own, on one bridge that another host watches. */
export class OverlayStage {
  private constructor(
    readonly plan: Plan,
    readonly nodes: ReadonlyMap<string, Namespace>,
    readonly bridge: Namespace,
  ) {}

  static async open(plan: Plan): Promise<OverlayStage> {
    const bridge = await Namespace.open('bridge');
    bridge.run('ip link add br0 type bridge && ip link set br0 up');
    const nodes = new Map<string, Namespace>();
    const stage = new OverlayStage(plan, nodes, bridge);
    for (const node of Object.keys(plan.spec.nodes)) {
      const host = await Namespace.open(node);
      nodes.set(node, host);
      // A folder of its own in place of the machine's.
      host.run('mkdir -m 0700 /run/etc-wireguard && mount --bind /run/etc-wireguard /etc/wireguard');
      stage.join(node, host);
    }
    return stage;
  }

  host(node: string): Namespace {
    const found = this.nodes.get(node);
    if (found === undefined) throw new Error(`no node ${node}`);
    return found;
  }

  network(name: 'carrier' | 'overlay'): Exclude<Network, { kind: 'public' }> {
    const network = this.plan.spec.networks[name];
    if (network === undefined || network.kind === 'public') throw new Error(`no prefix on ${name}`);
    return network;
  }

  /** What a peer dials on the overlay. */
  address(node: string): Address {
    const [first] = addressesOf(this.plan.spec, node, 'overlay');
    if (first === undefined) throw new Error(`${node} has no address`);
    return first;
  }

  /** @throws Error for a place that is not the node's own */
  write(node: string, { path, content }: HostFile): void {
    if (!path.startsWith('/etc/wireguard/')) throw new Error(`${path} is the machine's`);
    this.host(node).exec(['sh', '-euc', 'umask 077; cat > "$0"', path], content);
  }

  /** Brings the overlay up as the unit does; without the kernel's module, by the implementation in user space. */
  up(node: string): void {
    this.host(node).run('WG_QUICK_USERSPACE_IMPLEMENTATION=wireguard-go wg-quick up wg-test 2>&1');
  }

  /** Ranges of the other nodes' pods, where these travel as they are. */
  podsElsewhere(node: string): { readonly range: Prefix; readonly by: Address }[] {
    return Object.entries(this.plan.spec.nodes).flatMap(([name, { observedPodRange: range }]) =>
      name === node || range === undefined ? [] : [{ range, by: this.address(name) }],
    );
  }

  /** Pods' bridge, whose address stands for a pod's, and the routes to other nodes' pods that Flannel's host-gw sets. */
  addPods(node: string): void {
    const own = this.plan.spec.nodes[node]?.observedPodRange;
    if (own === undefined) return;
    const host = this.host(node);
    host.run(`ip link add cni0 type bridge && ip address add ${own.firstHost}/${own.length} dev cni0`);
    host.run('ip link set cni0 up');
    for (const { range, by } of this.podsElsewhere(node))
      host.run(`ip route replace ${range} via ${by} dev wg-test src ${own.firstHost}`);
  }

  async close(): Promise<void> {
    for (const host of this.nodes.values()) host.run('ip link delete wg-test || true');
    await Promise.all([...this.nodes.values(), this.bridge].map((host) => host.close()));
  }

  private join(node: string, host: Namespace): void {
    const { prefix, mtuBytes } = this.network('carrier');
    this.bridge.run(
      `ip link add ${node} type veth peer name eth0 netns ${host.pid} && ip link set ${node} master br0 up`,
    );
    host.run(`ip link set eth0 mtu ${String(mtuBytes)} up`);
    for (const address of addressesOf(this.plan.spec, node, 'carrier')) host.addAddress('eth0', address, prefix.length);
  }
}
