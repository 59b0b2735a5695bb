import { PortRange } from '../../net/port';
import type { Flow } from '../../plan/flow';
import type { PodRule } from '../../plan/pod-rules';
import type { PodPeer } from '../../plan/seen-by-pods';
import { allowedOf } from './allowed';

const flow = {} as Flow;
const pods = (namespace: string): PodPeer => ({ kind: 'pods', namespace });
const rule = (peer: PodPeer, port: number | undefined, more: Partial<PodRule> = {}): PodRule => ({
  peer,
  protocol: 'tcp',
  ...(port === undefined ? {} : { port: PortRange.of(port) }),
  flow,
  ...more,
});
const shown = (rules: readonly PodRule[]) =>
  allowedOf(rules).map(({ peers, ports, http }) =>
    [
      peers.map((peer) => (peer.kind === 'pods' ? String(peer.namespace) : peer.kind)).join('+'),
      ports === undefined ? 'all' : ports.map(({ port, protocol }) => `${String(port ?? 'any')}/${protocol}`).join('+'),
      ...(http === undefined ? [] : [http.map(({ method }) => method).join('+')]),
    ].join(' '),
  );

test('one peer’s ports become one rule, and peers with the same ports another', () => {
  expect(shown([rule(pods('a'), 80), rule(pods('a'), 443), rule(pods('b'), 80), rule(pods('c'), 80)])).toEqual([
    'b+c 80/tcp',
    'a 80/tcp+443/tcp',
  ]);
});

test('whoever may do everything is named with no port', () => {
  expect(shown([rule(pods('a'), 80), rule(pods('a'), undefined, { protocol: 'any' })])).toEqual(['a all']);
});

test('every port of a protocol is not every protocol', () => {
  expect(shown([rule(pods('a'), undefined, { protocol: 'udp' })])).toEqual(['a any/udp']);
});

test('requests stand apart from what is open, and are lost where one flow asks for all of them', () => {
  const get = { http: [{ method: 'GET' }] };
  expect(shown([rule(pods('a'), 80, get), rule(pods('a'), 81)])).toEqual(['a 80/tcp GET', 'a 81/tcp']);
  expect(shown([rule(pods('a'), 80, get), rule(pods('a'), 80)])).toEqual(['a 80/tcp']);
});

test('the order of flows decides nothing', () => {
  const rules = [rule(pods('b'), 80), rule(pods('a'), 80), rule(pods('a'), 443, { protocol: 'udp' })];
  expect(shown([...rules].reverse())).toEqual(shown(rules));
});
