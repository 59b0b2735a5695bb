import homelab from '../../../clusters/homelab';
import { planOf } from '../../../test/support/plan';
import { bound } from '../../../test/support/render';
import { smallSpec } from '../../../test/support/spec';
import type { ClusterSpec } from '../../spec/cluster';
import { mssClamp } from './index';

const files = (spec: ClusterSpec, node: string) =>
  new Map(
    (bound(mssClamp, spec).host(planOf(spec), node).files ?? []).map(({ path, content }): [string, string] => [
      path,
      content,
    ]),
  );
const rules = (spec: ClusterSpec, node: string) => files(spec, node).get('/etc/wayleave/mss-clamp.nft') ?? '';

test('clamps what is forwarded by the network’s interface to the route’s MTU, both ways', () => {
  const text = rules(homelab, 'node1');
  expect(text).toContain('hook forward');
  for (const end of ['iifname', 'oifname'])
    expect(text).toContain(`${end} "vmbr0" tcp flags & (syn | rst) == syn tcp option maxseg size set rt mtu`);
});

test('or to a size of one’s own', () => {
  expect(rules(smallSpec({ mssClamp: { network: 'lan', segmentBytes: 1360 } }), 'a')).toContain('maxseg size set 1360');
});

test('has a table of its own, which is replaced whole and touches nobody else’s', () => {
  const text = rules(homelab, 'node1');
  expect(text).not.toContain('flush');
  expect(text.indexOf('delete table inet wayleave_mss')).toBeLessThan(text.indexOf('table inet wayleave_mss {'));
  expect(files(homelab, 'node1').get('/etc/systemd/system/wayleave-mss-clamp.service')).toContain(
    'ExecStart=/usr/sbin/nft -f /etc/wayleave/mss-clamp.nft',
  );
});

test('a node that is not on the network is left alone', () => {
  const spec = smallSpec({
    networks: { ...smallSpec().networks, dmz: { kind: 'lan', interface: 'eth1', prefix: '192.168.60.0/24' } },
    mssClamp: { network: 'dmz' },
  });
  expect(files(spec, 'a').size).toBe(0);
});

test('that the route’s MTU changes nothing where it is the link’s is said, and that a size of one’s own does', () => {
  const note = (spec: ClusterSpec) =>
    bound(mssClamp, spec)
      .notes()
      .map(({ text }) => text)
      .join();
  expect(note(homelab)).toContain('state `mssClamp.segmentBytes`');
  expect(note(smallSpec({ mssClamp: { network: 'lan', segmentBytes: 1360 } }))).not.toContain('segmentBytes');
});
