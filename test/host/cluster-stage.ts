import { bind, REGISTRY } from '../../lib/components/registry';
import { addHosts } from '../../lib/emit/hosts';
import { isProgram, Tree } from '../../lib/emit/tree';
import { resolve } from '../../lib/plan/resolve';
import type { Plan } from '../../lib/plan/plan';
import { clusterSchema } from '../../lib/spec/cluster';
import { withKeys, type ClusterCase } from './cluster-cases';
import { Streets } from './cluster-streets';
import type { Kind } from './firewall-cases';
import { makeKeys } from './keys';
import { Namespace } from './namespace';

/** Folders of the machine that a node's programs read; every node has its own in their place. */
const OWN_FOLDERS = ['/etc/ufw', '/etc/default', '/etc/wireguard'];

/** Every node of a cluster as a host of its own, made by the files that are generated for it and by nothing else. */
export class ClusterStage {
  private constructor(
    readonly plan: Plan,
    readonly nodes: ReadonlyMap<string, Namespace>,
    readonly streets: Streets,
    private readonly tree: Tree,
  ) {}

  static async open({ spec }: ClusterCase, kind: Kind): Promise<ClusterStage> {
    const keys = makeKeys(Object.keys(spec.nodes));
    const cluster = clusterSchema.parse(withKeys({ ...spec, firewall: { ...spec.firewall, kind } }, keys));
    const parts = bind(REGISTRY, cluster);
    const plan = resolve(cluster, parts).value;
    if (plan === undefined) throw new Error(`${spec.name} is no cluster`);
    const tree = new Tree();
    addHosts(tree, plan, parts);
    const nodes = new Map<string, Namespace>();
    for (const node of Object.keys(cluster.nodes)) nodes.set(node, await Namespace.open(node));
    const streets = await Streets.open(plan, nodes);
    const stage = new ClusterStage(plan, nodes, streets, tree);
    for (const [node, host] of nodes) {
      for (const folder of OWN_FOLDERS)
        host.run(`mkdir -p /run${folder} && cp -a ${folder}/. /run${folder} && mount --bind /run${folder} ${folder}`);
      stage.settle(node, keys.get(node)?.privateKey ?? '');
    }
    return stage;
  }

  host(node: string): Namespace {
    const found = this.nodes.get(node);
    if (found === undefined) throw new Error(`no node ${node}`);
    return found;
  }

  /** The files of a node, by their path on the machine. */
  files(node: string): ReadonlyMap<string, string> {
    const under = `hosts/${node}/`;
    return new Map(
      this.tree
        .files()
        .filter(({ path }) => path.startsWith(under))
        .map(({ path, content }) => [path.slice(under.length - 1), content]),
    );
  }

  /** Settings, overlays and firewall, in the order in which a machine takes them. */
  private settle(node: string, privateKey: string): void {
    const host = this.host(node);
    for (const [path, content] of this.files(node)) {
      const mine = OWN_FOLDERS.some((folder) => path.startsWith(`${folder}/`));
      const place = mine ? path : `/run/wayleave${path}`;
      const mode = path.startsWith('/etc/wireguard/') ? '600' : isProgram(content) ? '755' : '644';
      host.exec(['sh', '-euc', 'mkdir -p "${0%/*}"; cat > "$0"; chmod "$1" "$0"', place, mode], content);
    }
    // Only what belongs to the network namespace: the rest would be the machine's.
    host.run('grep -E "^-?net\\." /run/wayleave/etc/sysctl.d/99-wayleave.conf | sysctl -q -p -');
    for (const conf of [...this.files(node).keys()].filter((path) => /^\/etc\/wireguard\/.*\.conf$/.test(path))) {
      host.exec(['sh', '-euc', 'umask 077; cat > "$0"', conf.replace(/conf$/, 'key')], `${privateKey}\n`);
      host.run(`WG_QUICK_USERSPACE_IMPLEMENTATION=wireguard-go wg-quick up ${conf} 2>&1`);
    }
    if (this.plan.spec.firewall.kind === 'ufw') host.exec(['ufw', '--force', 'enable']);
    else host.run('nft -c -f /run/wayleave/etc/wayleave/firewall.nft; nft -f /run/wayleave/etc/wayleave/firewall.nft');
  }

  async close(): Promise<void> {
    // What drives a tunnel in user space ends with its device.
    const overlays = Object.values(this.plan.spec.networks).filter(({ kind }) => kind === 'wireguard');
    for (const host of this.nodes.values())
      for (const { interface: device } of overlays) host.run(`ip link delete ${device} || true`);
    await Promise.all([...this.nodes.values(), ...this.streets.hosts].map((host) => host.close()));
  }
}
