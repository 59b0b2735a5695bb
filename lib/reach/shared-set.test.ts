import { ask, networkPolicy, pod } from '../../test/reach/ask';
import type { Engine } from './engine';

const web = pod('x', 'web', { app: 'web' });

/** One rule of several blocks. */
const policy = (...blocks: object[]) =>
  networkPolicy('x', {
    podSelector: { matchLabels: { app: 'web' } },
    policyTypes: ['Egress'],
    egress: [{ to: blocks.map((ipBlock) => ({ ipBlock })) }],
  });

const ALL_BUT = { cidr: '0.0.0.0/0', except: ['10.0.0.0/8', '192.168.0.0/16'] };

const to = (address: string, blocks: readonly object[], engine: Engine = 'k3s') => {
  const { allowed, open } = ask([web, policy(...blocks)], { engine });
  return [allowed('x/web', address), ...open('x/web', address)];
};

const DOUBTFUL = ['none', 'all (shared-set)'];

test('K3s may leave out of a block what its neighbour excepts', () => {
  expect(to('192.168.1.5', [ALL_BUT, { cidr: '192.168.0.0/16' }])).toEqual(DOUBTFUL);
  expect(to('192.168.1.5', [{ cidr: '192.0.0.0/8' }, ALL_BUT])).toEqual(DOUBTFUL);
  expect(to('192.0.2.5', [{ cidr: '192.0.0.0/8' }, ALL_BUT])).toEqual(['all']);
  expect(to('9.9.9.9', [ALL_BUT, { cidr: '192.168.0.0/16' }])).toEqual(['all']);
});

test('a neighbour that is longer than the hole is heard, but for its own holes', () => {
  const inner = { cidr: '192.168.1.0/24', except: ['192.168.1.128/25'] };
  expect(to('192.168.1.5', [ALL_BUT, inner])).toEqual(['all']);
  expect(to('192.168.1.200', [ALL_BUT, inner])).toEqual(['none']);
  expect(to('192.168.1.200', [ALL_BUT, inner, { cidr: '192.168.0.0/17' }])).toEqual(DOUBTFUL);
});

test('what no neighbour lets in is denied, and rules of their own have no such doubt', () => {
  expect(to('10.1.2.3', [ALL_BUT, { cidr: '192.168.0.0/16' }])).toEqual(['none']);
  const apart = networkPolicy('x', {
    podSelector: { matchLabels: { app: 'web' } },
    policyTypes: ['Egress'],
    egress: [{ to: [{ ipBlock: ALL_BUT }] }, { to: [{ ipBlock: { cidr: '192.168.0.0/16' } }] }],
  });
  expect(ask([web, apart], { engine: 'k3s' }).allowed('x/web', '192.168.1.5')).toBe('all');
});

test.each<Engine>(['specification', 'cilium', 'calico'])('%s takes every block for itself', (engine) => {
  expect(to('192.168.1.5', [ALL_BUT, { cidr: '192.168.0.0/16' }], engine)).toEqual(['all']);
});
