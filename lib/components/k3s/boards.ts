import type { Note } from '../../plan/declares';
import type { Cluster } from '../../spec/cluster';
import { code } from '../../text/markdown';

/**
 * Nodes of this kind are mostly Raspberry Pis, whose systems come without what K3s and tunnels need of the kernel.
 * Source: K3s documentation, requirements (Raspberry Pi).
 */
export function boardNotes({ nodes }: Pick<Cluster, 'nodes'>): Note[] {
  const boards = Object.keys(nodes)
    .filter((name) => nodes[name]?.arch === 'arm64')
    .sort();
  if (boards.length === 0) return [];
  const text = [
    `If ${boards.map(code).join(', ')} are Raspberry Pis: their system counts no memory for containers unless it is told to, and K3s then stops as it starts. Add ${code('cgroup_memory=1 cgroup_enable=memory')} to the one line of ${code('/boot/firmware/cmdline.txt')}.`,
    `Ubuntu before 24.04 keeps the module ${code('vxlan')} of its kernel for them in a package of its own, ${code('linux-modules-extra-raspi')}: install it. Then restart the machine.`,
  ];
  return [{ section: 'first-start', title: 'Raspberry Pis', text: text.join(' ') }];
}
