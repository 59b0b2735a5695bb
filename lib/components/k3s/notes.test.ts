import { planOf } from '../../../test/support/plan';
import { smallSpec } from '../../../test/support/spec';
import type { ClusterSpec } from '../../spec/cluster';

const note = (spec: ClusterSpec, title: string) => planOf(spec).notes.find((one) => one.title === title)?.text;
const kubectl = (spec: ClusterSpec) => note(spec, 'Where kubectl works');
const single = smallSpec({ nodes: { a: { role: 'server', addresses: { lan: '192.168.50.11' } } } });

test('kubectl works on every server; from outside through SSH, where nobody may call the API', () => {
  expect(kubectl(smallSpec())).toContain('`https://127.0.0.1:6443`');
  expect(kubectl(smallSpec())).toContain('ssh -L 6443:127.0.0.1:6443 LOGIN@192.168.50.11');
});

test.each([
  [{}, '`https://192.168.50.11:6443`: the own address of `a`; while it is away, name `192.168.50.12`'],
  [{ endpoint: { vip: '192.168.50.9', network: 'lan' } }, '`https://192.168.50.9:6443`: a virtual address'],
  [{ endpoint: { host: 'api.example.com' } }, '`https://api.example.com:6443`: a name of its own'],
])('whoever may call the API is told by which address: %j', (endpoint, told) => {
  const text = kubectl(smallSpec({ api: { allowFrom: [{ network: 'lan' }], ...endpoint } }));
  expect(text).toContain(told);
  expect(text).not.toContain('ssh -L');
});

test('while the server that a kubeconfig names is away, another one’s address on the same network is named', () => {
  const spec = smallSpec();
  const [a, b] = [spec.nodes['a'], spec.nodes['b']];
  if (!a || !b) throw new Error('the sample has other names');
  const text = kubectl({
    ...spec,
    networks: { ...spec.networks, far: { kind: 'lan', interface: 'eth1', prefix: '192.168.60.0/24' } },
    nodes: {
      a: { ...a, addresses: { ...a.addresses, far: '192.168.60.11' } },
      b: { ...b, addresses: { ...b.addresses, far: '192.168.60.12' } },
    },
    api: { endpoint: { network: 'far' }, allowFrom: [{ network: 'far' }] },
  });
  expect(text).toContain('while it is away, name `192.168.60.12`.');
});

test('the first server is rebuilt as a joiner, since on an empty disk it would begin a second cluster', () => {
  const text = note(smallSpec(), 'Rebuilding the first server');
  expect(text).toContain('second cluster');
  expect(text).toContain("`k3s.initServer: 'b'`");
  expect(text?.indexOf('kubectl delete node a')).toBeLessThan(text?.indexOf('initServer') ?? 0);
  expect(note(smallSpec({ k3s: { nodeNetwork: 'lan', initServer: 'b' } }), 'Rebuilding the first server')).toContain(
    "`k3s.initServer: 'a'`",
  );
});

test('a majority that is lost is made anew from one server, which the others then join', () => {
  const text = note(smallSpec(), 'When etcd has lost its majority');
  expect(text).toContain('--cluster-reset');
  expect(text).toContain('5. On each other server');
  expect(note(single, 'When etcd has lost its majority')).not.toContain('other server');
});

test('nothing is said of rebuilding beside others where there are none, nor of etcd where there is none', () => {
  expect(note(single, 'Rebuilding a node')).toBeUndefined();
  const sqlite = { ...single, k3s: { nodeNetwork: 'lan', datastore: 'sqlite' as const } };
  expect(note(sqlite, 'Snapshots of etcd')).toBeUndefined();
  expect(note(sqlite, 'Saving SQLite')).toBeDefined();
});
