import { AddressError } from '../net/error';
import { parseAssertion } from './assertion';

const read = (text: string) => {
  const { from, to, dialled, expected } = parseAssertion(text);
  const port =
    dialled === undefined ? 'anything' : 'port' in dialled ? `${dialled.port}/${dialled.protocol}` : dialled.protocol;
  return [from, to, port, expected];
};

test.each([
  ['internet → traefik:443 yes', ['internet', 'traefik', '443/tcp', 'yes']],
  ['honeydue/worker -> redis:6379 yes', ['honeydue/worker', 'redis', '6379/tcp', 'yes']],
  ['any pod → node:10250 no', ['any pod', 'node', '10250/tcp', 'no']],
  ['* → neon:5432 only api,worker', ['*', 'neon', '5432/tcp', { only: ['api', 'worker'] }]],
  ['any pod→kube-system/coredns:53/udp yes', ['any pod', 'kube-system/coredns', '53/udp', 'yes']],
  ['a → b:8000-8999 no', ['a', 'b', '8000-8999/tcp', 'no']],
  ['a → b no', ['a', 'b', 'anything', 'no']],
  ['a → b:icmp yes', ['a', 'b', 'icmp', 'yes']],
  ['a → 2001:db8::1 no', ['a', '2001:db8::1', 'anything', 'no']],
  ['a → [2001:db8::1]:443 no', ['a', '2001:db8::1', '443/tcp', 'no']],
])('%s', (text, meaning) => expect(read(text)).toEqual(meaning));

const WITHOUT_ARROW = 'has no arrow between who calls and who is called, as api → redis:6379 yes has';

test.each([
  ['api redis:6379 yes', WITHOUT_ARROW, 'api → redis:6379 yes'],
  ['page => redis:6379 no', WITHOUT_ARROW, 'page → redis:6379 no'],
  ['any pod redis:6379 only a, b', WITHOUT_ARROW, 'any pod → redis:6379 only a, b'],
  ['redis', WITHOUT_ARROW, undefined],
  ['→ redis:6379 yes', 'does not say who calls, as api → redis:6379 yes does', undefined],
  ['api → redis:6379', 'must end in yes, no or only with names', 'api → redis:6379 yes'],
  ['api → redis:6379 yse', 'must end in yes, no or only with names', 'api → redis:6379 yes'],
  ['api → redis:6379 NO', 'must end in yes, no or only with names', 'api → redis:6379 no'],
  ['* → redis:6379 nly a, b', 'must end in yes, no or only with names', '* → redis:6379 only a, b'],
  ['any pod → node:10250 ONLY metrics', 'must end in yes, no or only with names', 'any pod → node:10250 only metrics'],
  ['api → redis:6379 onyl', 'must end in yes, no or only with names', undefined],
  ['api → redis:6379 if it can', 'must end in yes, no or only with names', undefined],
  ['* → redis:6379 only', 'says only, and not who', '* → redis:6379 only api, worker'],
  ['* → redis:6379 only a,,b', 'has a comma without a name', undefined],
  ['a → b:53/upd yes', 'has the port 53/upd', 'a → b:53/udp yes'],
  ['a → b:8999-8000/udp no', 'is reversed', 'a → b:8000-8999/udp no'],
  [
    'a → [2001:db8::65]:65000-70000 no',
    'holds port 70000, and 65535 is the highest',
    'a → [2001:db8::65]:65000-65535 no',
  ],
])('%s is refused', (text, problem, suggestion) => {
  try {
    parseAssertion(text);
    throw new Error('it was taken');
  } catch (error) {
    expect(error).toBeInstanceOf(AddressError);
    const { problem: said, suggestion: right } = error as AddressError;
    expect([said, right]).toEqual([problem, suggestion]);
  }
});

test('a port that is none is refused as such', () => {
  expect(() => parseAssertion('a → b:70000 yes')).toThrow('70000');
});
