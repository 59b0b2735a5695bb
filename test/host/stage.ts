import { mkdirSync, mkdtempSync, rmSync, writeFileSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { dirname, join } from 'node:path';
import { AddressSet } from '../../lib/net/address-set';
import { isProgram } from '../../lib/emit/tree';
import type { HostFile } from '../../lib/plan/host-needs';
import type { Plan } from '../../lib/plan/plan';
import { Namespace } from './namespace';
import { Wiring, type Hosts, type Wire } from './wiring';

/** Folders of the machine that a node's programs read; the node has copies of its own. */
const OWN_FOLDERS = ['/etc/ufw', '/etc/default'];

/** One node of a plan with what a cluster puts on it, joined to hosts that play everybody else. */
export class Stage {
  private constructor(
    readonly plan: Plan,
    readonly name: string,
    readonly hosts: Hosts,
    readonly wires: readonly Wire[],
    /** Every address that is the node's own. */
    readonly own: AddressSet,
    private readonly folder: string,
  ) {}

  static async open(plan: Plan, name: string): Promise<Stage> {
    const hosts: Hosts = {
      node: await Namespace.open('node'),
      outside: await Namespace.open('outside'),
      pod: await Namespace.open('pod'),
      secondPod: await Namespace.open('second pod'),
      far: await Namespace.open('another node'),
      container: await Namespace.open('container'),
    };
    const { wires, own } = new Wiring(plan, name, hosts);
    for (const folder of OWN_FOLDERS) {
      hosts.node.run(
        `mkdir -p /run${folder} && cp -a ${folder}/. /run${folder} && mount --bind /run${folder} ${folder}`,
      );
    }
    return new Stage(plan, name, hosts, wires, AddressSet.of(...own), mkdtempSync(join(tmpdir(), 'wayleave-')));
  }

  get node(): Namespace {
    return this.hosts.node;
  }

  wire(device: string): Wire {
    const found = this.wires.find((wire) => isNamed(wire.device, device));
    if (found === undefined) throw new Error(`no wire to ${device}`);
    return found;
  }

  /** Puts a file where the node's programs look for it. @throws Error for a place that is not the node's own */
  write({ path, content }: HostFile): void {
    if (!OWN_FOLDERS.some((folder) => path.startsWith(`${folder}/`))) throw new Error(`${path} is the machine's`);
    this.node.exec(['cp', '--preserve=mode', this.staged({ path, content }), path]);
  }

  /** A copy of a file outside its place, for a program that is told where to look. */
  staged({ path, content }: HostFile): string {
    const copy = join(this.folder, path);
    mkdirSync(dirname(copy), { recursive: true });
    writeFileSync(copy, content, { mode: isProgram(content) ? 0o755 : 0o644 });
    return copy;
  }

  async close(): Promise<void> {
    await Promise.all(Object.values(this.hosts).map((host: Namespace) => host.close()));
    rmSync(this.folder, { recursive: true });
  }
}

/** A trailing `*` stands for any end. */
export const isNamed = (device: string, name: string): boolean =>
  name.endsWith('*') ? device.startsWith(name.slice(0, -1)) : device === name;
