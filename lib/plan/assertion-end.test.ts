import honeydue from '../../clusters/honeydue';
import { planOf } from '../../test/support/plan';
import { assertionEnd } from './assertion-end';

const plan = planOf(honeydue);
const end = (word: string) => assertionEnd(plan, word);

test.each([
  ['honeydue/api', { kind: 'workload', workload: 'honeydue/api' }],
  ['redis', { kind: 'workload', workload: 'honeydue/redis' }],
  ['honeydue/*', { kind: 'pods', namespace: 'honeydue' }],
  ['any pod', { kind: 'pods' }],
  ['*', { kind: 'everyone' }],
  ['internet', { kind: 'internet' }],
  ['node', { kind: 'nodes', select: 'all' }],
  ['hetzner2', { kind: 'nodes', select: { names: ['hetzner2'] } }],
  ['neon', { kind: 'name', name: 'neon', fqdns: ['*.us-east-1.aws.neon.tech'] }],
])('%s', (word, meaning) => expect(end(word)).toEqual(meaning));

test('addresses are addresses', () => {
  expect(end('203.0.113.0/24')).toMatchObject({ kind: 'range', name: '203.0.113.0/24' });
});

test('a name that nothing has is met with the one that was meant', () => {
  expect(end('rediss')).toEqual({ problem: 'is nothing in this cluster', fix: 'redis' });
  expect(end('honeydeu/*')).toEqual({ problem: 'is nothing in this cluster', fix: 'honeydue/*' });
  expect(end('nobody of all these')).toEqual({ problem: 'is nothing in this cluster' });
  // A member of every mapping of JavaScript.
  expect(end('constructor')).toEqual({ problem: 'is nothing in this cluster' });
});

test('a name that two have must say which', () => {
  const worker = plan.workloads.get('honeydue/worker');
  if (worker === undefined) throw new Error('no worker');
  const twice = {
    ...plan,
    workloads: new Map([...plan.workloads, ['other/worker', { ...worker, name: 'other/worker' }]]),
  };
  expect(assertionEnd(twice, 'worker')).toEqual({
    problem: 'could be honeydue/worker or other/worker',
    fix: 'honeydue/worker',
  });
});
