import { part, planWith } from '../../test/support/parts';
import type { Bound } from '../components/component';
import type { HostNeeds } from '../plan/host-needs';
import { addHosts } from './hosts';
import { readIndex, sha256 } from './index-file';
import { Tree } from './tree';

const HEAD = (node: string) => `# Written by Wayleave for small/${node}. Change the spec, not this file.\n`;

const wants = (name: string, needs: HostNeeds, on = 'a') =>
  part(name, { host: (_options, _plan, node) => (node === on ? needs : {}) });

/** What components want: every node's folder has its facts and an index beside it. */
const pathsOf = (tree: Tree) =>
  tree
    .files()
    .map((file) => file.path)
    .filter((path) => !/^hosts\/[^/]+\/(node\.txt|index\.json)$/.test(path));

function hosts(...parts: Bound[]) {
  const tree = new Tree();
  const findings = [...addHosts(tree, planWith(parts), parts), ...tree.findings()];
  return { tree, findings, paths: pathsOf(tree) };
}

describe('addHosts', () => {
  it('writes sysctls in order, each under its reasons', () => {
    const forward = { key: 'net.ipv4.ip_forward', value: '1' };
    const parts = [
      wants('k3s', {
        sysctls: [
          { ...forward, reason: 'pods route' },
          { key: 'net.a', value: '0', reason: 'quiet' },
        ],
      }),
      wants('flannel', {
        sysctls: [
          { ...forward, reason: 'overlay' },
          { ...forward, reason: 'pods route' },
        ],
      }),
    ];
    const expected = `${HEAD('a')}\n# quiet\nnet.a = 0\n\n# overlay\n# pods route\nnet.ipv4.ip_forward = 1\n`;
    for (const order of [parts, [...parts].reverse()]) {
      const { tree, findings } = hosts(...order);
      expect(findings).toEqual([]);
      expect(tree.get('hosts/a/etc/sysctl.d/99-wayleave.conf')).toBe(expected);
    }
  });

  it('names both owners and both reasons of a sysctl with two values', () => {
    const parts = [
      wants('k3s', { sysctls: [{ key: 'net.x', value: '1', reason: 'pods' }] }),
      wants('calico', { sysctls: [{ key: 'net.x', value: '0', reason: 'safety' }] }),
    ];
    for (const order of [parts, [...parts].reverse()]) {
      const [finding, ...more] = hosts(...order).findings;
      expect(more).toEqual([]);
      expect(finding).toMatchObject({
        code: 'SYSCTL_CONFLICT',
        severity: 'error',
        at: [['nodes', 'a']],
        message: 'sysctl net.x of a is 0 for calico (safety) and 1 for k3s (pods)',
      });
    }
  });

  it('lets two nodes differ', () => {
    const { findings, paths } = hosts(
      wants('k3s', { sysctls: [{ key: 'net.x', value: '1', reason: 'pods' }] }, 'a'),
      wants('calico', { sysctls: [{ key: 'net.x', value: '0', reason: 'safety' }] }, 'b'),
    );
    expect(findings).toEqual([]);
    expect(paths).toEqual(['hosts/a/etc/sysctl.d/99-wayleave.conf', 'hosts/b/etc/sysctl.d/99-wayleave.conf']);
  });

  it('writes modules and packages with their reasons', () => {
    const { tree } = hosts(
      wants('k3s', {
        modules: [
          { name: 'overlay', reason: 'images' },
          { name: 'br_netfilter', reason: 'policies see bridged packets' },
        ],
      }),
      wants('flannel', {
        modules: [{ name: 'br_netfilter', reason: 'cni0' }],
        packages: [{ name: 'wireguard-tools', reason: 'shows tunnels' }],
      }),
      wants('longhorn', {
        packages: [
          { name: 'wireguard-tools', reason: 'looks nice' },
          { name: 'nfs-common', reason: 'volumes' },
        ],
      }),
    );
    expect(tree.get('hosts/a/etc/modules-load.d/wayleave.conf')).toBe(
      `${HEAD('a')}\n# cni0\n# policies see bridged packets\nbr_netfilter\n\n# images\noverlay\n`,
    );
    expect(tree.get('hosts/a/packages.txt')).toBe(
      `${HEAD('a')}nfs-common # volumes\nwireguard-tools # looks nice; shows tunnels\n`,
    );
  });

  it('writes files as they are, and nothing for a node of which nothing is wanted', () => {
    const { tree, paths } = hosts(
      wants('k3s', { files: [{ path: '/etc/rancher/k3s/config.yaml', content: 'a: b\n' }] }, 'c'),
    );
    expect(paths).toEqual(['hosts/c/etc/rancher/k3s/config.yaml']);
    expect(tree.get('hosts/c/etc/rancher/k3s/config.yaml')).toBe('a: b\n');
  });

  it('names both owners of one file', () => {
    const file = { path: '/etc/sysctl.d/99-wayleave.conf', content: '' };
    const { findings } = hosts(
      wants('k3s', { files: [file], sysctls: [{ key: 'net.x', value: '1', reason: 'r' }] }),
      wants('web', { files: [file] }),
    );
    expect(findings.map(({ code, message }) => `${code} ${message}`)).toEqual([
      'PATH_TWICE hosts and k3s and web each want a file at hosts/a/etc/sysctl.d/99-wayleave.conf',
    ]);
  });

  it('lets no reason become a setting', () => {
    const { tree } = hosts(wants('k3s', { sysctls: [{ key: 'net.x', value: '1', reason: 'a\nnet.y = 1' }] }));
    expect(tree.get('hosts/a/etc/sysctl.d/99-wayleave.conf')).toBe(`${HEAD('a')}\n# a\n# net.y = 1\nnet.x = 1\n`);
    expect(() => hosts(wants('k3s', { sysctls: [{ key: 'net.x', value: '1\nnet.y = 1', reason: 'a' }] }))).toThrow(
      /no single line/,
    );
  });

  it('refuses a path that is not absolute, or leads out', () => {
    expect(() => hosts(wants('k3s', { files: [{ path: 'etc/x', content: '' }] }))).toThrow(/no absolute path/);
    expect(() => hosts(wants('k3s', { files: [{ path: '/etc/../../x', content: '' }] }))).toThrow(
      /no plain relative path/,
    );
  });

  it('gives each node’s folder an index of its own, and the first server what K3s applies first', () => {
    const tree = new Tree();
    tree.add('bootstrap/00-cni.yaml', 'kind: X\n', 'cni');
    const parts = [wants('k3s', { files: [{ path: '/etc/x', content: 'x\n' }] })];
    expect(addHosts(tree, planWith(parts), parts)).toEqual([]);
    const manifest = 'var/lib/rancher/k3s/server/manifests/00-cni.yaml';
    expect(tree.get(`hosts/a/${manifest}`)).toBe('kind: X\n');
    expect(tree.get(`hosts/b/${manifest}`)).toBeUndefined();
    const index = readIndex(tree.get('hosts/a/index.json') ?? '');
    expect([...(index?.keys() ?? [])]).toEqual(['etc/x', 'node.txt', manifest]);
    expect(index?.get('etc/x')).toBe(sha256('x\n'));
  });
});
