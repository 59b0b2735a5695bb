import homelab from '../../clusters/homelab';
import type { ClusterSpec } from '../../lib/spec/cluster';
import { difference } from '../support/difference';
import { filesOf } from '../support/files';

const routing = (word: 'geneve' | 'vxlan' | 'native'): ClusterSpec => ({
  ...homelab,
  cni: { ...homelab.cni, routing: word },
});
const geneve = filesOf(routing('geneve'));

describe('geneve → vxlan, by one word of the spec', () => {
  const { gone, come } = difference(geneve, filesOf(routing('vxlan')));

  test('the chart’s values change, for K3s and for Argo CD alike', () => {
    for (const file of ['bootstrap/01-cilium.yaml', 'argocd/argocd.k8s.yaml']) {
      expect(gone).toContain(`${file}: tunnelProtocol: geneve`);
      expect(come).toContain(`${file}: tunnelProtocol: vxlan`);
    }
  });

  test('so do the nodes’ kernel module and the port that their firewall opens', () => {
    expect(gone).toContain('hosts/*/etc/modules-load.d/wayleave.conf: geneve');
    expect(come).toContain('hosts/*/etc/modules-load.d/wayleave.conf: vxlan');
    expect(gone).toContain('cilium-host-firewall/cluster.k8s.yaml: - port: "6081"');
    expect(come).toContain('cilium-host-firewall/cluster.k8s.yaml: - port: "8472"');
  });

  test('and the document: picture, ports, flows, MTU, firewall, what breaks and commands', () => {
    const told = (lines: readonly string[], word: string) =>
      lines.filter((line) => line.startsWith('NETWORK.md') && line.includes(word)).length;
    for (const words of ['by Geneve', 'cilium_geneve', '| `6081/udp` |', '1500 − 50 Geneve − 95 WireGuard = 1355']) {
      expect({ words, told: told(gone, words) > 0 }).toEqual({ words, told: true });
    }
    for (const words of ['by VXLAN', 'cilium_vxlan', '| `8472/udp` |', '1500 − 50 VXLAN − 95 WireGuard = 1355']) {
      expect({ words, told: told(come, words) > 0 }).toEqual({ words, told: true });
    }
  });

  test('nothing is left of the one, and nothing else is touched', () => {
    const left = [...filesOf(routing('vxlan'))].filter(([, text]) => /geneve|6081/i.test(text));
    expect(left.map(([path]) => path)).toEqual([]);
    const files = new Set([...gone, ...come].map((line) => line.slice(0, line.indexOf(': '))));
    expect([...files].sort()).toEqual([
      'NETWORK.md',
      'argocd/argocd.k8s.yaml',
      'bootstrap/01-cilium.yaml',
      'cilium-host-firewall/cluster.k8s.yaml',
      'hosts/*/etc/modules-load.d/wayleave.conf',
      'hosts/*/index.json',
      'hosts/*/node.txt',
      'hosts/*/var/lib/rancher/k3s/server/manifests/01-cilium.yaml',
      'index.json',
      'network.json',
    ]);
  });
});

test('geneve → native gives pods the bytes of the tunnel back, and closes its port', () => {
  const native = filesOf(routing('native'));
  expect(native.get('NETWORK.md')).toContain('1500 − 95 WireGuard = 1405');
  expect(native.get('NETWORK.md')).not.toContain('6081');
  expect(native.get('cilium-host-firewall/cluster.k8s.yaml')).not.toMatch(/6081|8472/);
});
