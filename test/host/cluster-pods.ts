import { bitsOf, type Address } from '../../lib/net/address';
import { addressesOf, interfaceOf } from '../../lib/plan/nodes';
import type { ClusterStage } from './cluster-stage';
import { Namespace } from './namespace';

/** Bits of the pod range of one node. Source: kube-controller-manager, --node-cidr-mask-size-ipv4 and -ipv6. */
const NODE_BITS = { 4: 24, 6: 64 } as const;
/** Source: flannel, backend/vxlan: the device's number is part of its name. */
const FLANNEL = { id: 1, port: 8472 };

/** One pod on every node, joined as Flannel's VXLAN backend joins them: who is where is told to the kernel, not learnt. */
export class ClusterPods {
  private constructor(
    private readonly stage: ClusterStage,
    readonly pods: ReadonlyMap<string, Namespace>,
  ) {}

  static async open(stage: ClusterStage): Promise<ClusterPods> {
    const pods = new Map<string, Namespace>();
    for (const node of stage.nodes.keys()) pods.set(node, await Namespace.open(`pod of ${node}`));
    const cluster = new ClusterPods(stage, pods);
    for (const [node, pod] of pods) cluster.bridge(node, pod);
    for (const node of pods.keys()) cluster.tunnels(node);
    return cluster;
  }

  pod(node: string): Namespace {
    const found = this.pods.get(node);
    if (found === undefined) throw new Error(`no pod on ${node}`);
    return found;
  }

  addresses(node: string): Address[] {
    return this.ranges(node).map(({ first }) => first.plus(5));
  }

  async close(): Promise<void> {
    await Promise.all([...this.pods.values()].map((pod) => pod.close()));
  }

  /** A node's own part of the pod ranges, dealt out in the order of the nodes. */
  private ranges(node: string) {
    const n = [...this.stage.nodes.keys()].indexOf(node);
    return this.stage.plan.spec.k3s.clusterCidrs.map((cidr) => {
      const size = 1n << BigInt(bitsOf(cidr.family) - NODE_BITS[cidr.family]);
      return { family: cidr.family, first: cidr.first.plus(BigInt(n) * size), length: NODE_BITS[cidr.family] };
    });
  }

  private bridge(node: string, pod: Namespace): void {
    const host = this.stage.host(node);
    const mtu = this.stage.plan.podNetwork.mtu.bytes;
    host.run(`ip link add cni0 type bridge && ip link set cni0 mtu ${mtu} up
      ip link add veth0 type veth peer name eth0 netns ${pod.pid} && ip link set veth0 mtu ${mtu} master cni0 up`);
    pod.run(`ip link set eth0 mtu ${mtu} up`);
    for (const { family, first, length } of this.ranges(node)) {
      host.addAddress('cni0', first.plus(1), length);
      pod.addAddress('eth0', first.plus(5), length);
      pod.run(`ip -${family} route add default via ${first.plus(1)}`);
    }
  }

  private tunnels(node: string): void {
    const { plan } = this.stage;
    const { underlay, tunnelDevices } = plan.podNetwork;
    const host = this.stage.host(node);
    const below = interfaceOf(plan.spec, node, underlay);
    const all = [...this.stage.nodes.keys()];
    this.ranges(node).forEach(({ family, first }, i) => {
      const device = tunnelDevices[i] ?? '';
      const end = (name: string) => addressesOf(plan.spec, name, underlay).find((own) => own.family === family);
      host.run(`ip link add ${device} address ${mac(all.indexOf(node), i)} type vxlan id ${FLANNEL.id + i} \\
          dev ${below} local ${String(end(node))} dstport ${FLANNEL.port} nolearning
        ip link set ${device} up; ip address add ${first}/${bitsOf(family)} dev ${device}`);
      for (const other of all.filter((name) => name !== node)) {
        const far = this.ranges(other)[i];
        if (far === undefined) continue;
        const lladdr = mac(all.indexOf(other), i);
        host.run(`ip neighbour replace ${far.first} lladdr ${lladdr} dev ${device} nud permanent
          bridge fdb append ${lladdr} dev ${device} dst ${String(end(other))}
          ip -${family} route add ${far.first}/${far.length} via ${far.first} dev ${device} onlink`);
      }
    });
  }
}

const mac = (node: number, device: number) => `02:00:00:0${device}:00:0${node}`;
