import { broken } from '../../test/specs/small';
import { parseCluster } from './parse';

const said = (nodes: unknown, path: readonly (string | number)[] = ['ingress', 0, 'nodes']) =>
  parseCluster(broken([path, nodes])).findings.map(({ code, message }) => `${code} ${message}`);

test('labels that no node has', () => {
  expect(said({ labels: { zone: 'b', disk: 'fast' } })).toEqual([
    'SPEC_INVALID no node of the spec has the labels disk=fast, zone=b',
  ]);
});

test('labels that a node has', () => {
  const labelled = broken([['ingress', 0, 'nodes'], { labels: { zone: 'b' } }]);
  const [name = ''] = Object.keys(labelled.nodes);
  Object.assign(labelled.nodes[name as keyof typeof labelled.nodes], { labels: { zone: 'b' } });
  expect(parseCluster(labelled).findings).toEqual([]);
});

test('a role that no node has', () => {
  const servers = { only: { role: 'server', addresses: { lan: '192.168.50.11' } } };
  const spec = broken([['nodes'], servers], [['apps', 'web', 'nodes'], 'agents']);
  expect(parseCluster(spec).findings.map(({ message, fix }) => [message, fix])).toEqual([
    ['no node is an agent', 'all'],
  ]);
});

test('a role that is misspelt is reported as that alone', () => {
  const nodes = {
    only: { role: 'server', addresses: { lan: '192.168.50.11' } },
    other: { role: 'agnet', addresses: { lan: '192.168.50.12' } },
  };
  const spec = broken([['nodes'], nodes], [['apps', 'web', 'nodes'], 'agents']);
  expect(parseCluster(spec).findings).toHaveLength(1);
});
