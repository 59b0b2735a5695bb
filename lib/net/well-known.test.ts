import { Address } from './address';
import { AddressSet } from './address-set';
import { classify } from './classify';
import {
  anywhere4,
  anywhere6,
  DOCKER,
  K3S,
  K3S_CLUSTER_DNS,
  LINK_LOCAL,
  LOOPBACK,
  loopback4,
  PRIVATE,
  TAILNET,
} from './well-known';

describe('K3s defaults', () => {
  test('fit together', () => {
    expect(K3S.clusterCidr.overlaps(K3S.serviceCidr)).toBe(false);
    expect(K3S.serviceCidr.contains(Address.parse(K3S_CLUSTER_DNS))).toBe(true);
    expect(K3S.nodeCidrMaskBits).toBeGreaterThan(K3S.clusterCidr.length);
    expect(K3S.lbServerPort).toBe(K3S.httpsListenPort + 1);
    expect(K3S.nodePortRange.count).toBe(2768);
  });
});

describe('special sets', () => {
  test.each([
    ['loopback', LOOPBACK, ['loopback', 'loopback']],
    ['link-local', LINK_LOCAL, ['link-local', 'link-local']],
    ['private', PRIVATE, ['private', 'private', 'private', 'unique-local']],
    ['tailnet', TAILNET, ['shared', 'unique-local']],
  ])('%s is of the kind that its first and last addresses are', (_, set, kinds) => {
    expect(set.ranges().map(({ first }) => classify(first))).toEqual(kinds);
    expect(set.ranges().map(({ last }) => classify(last))).toEqual(kinds);
  });

  test('anywhere is everything', () => {
    expect(AddressSet.of(anywhere4, anywhere6)).toEqual(AddressSet.everything);
  });

  test('single addresses are what their names say', () => {
    expect(['127.0.0.1', '::1'].map((one) => classify(Address.parse(one)))).toEqual(['loopback', 'loopback']);
    expect(['0.0.0.0', '::'].map((one) => classify(Address.parse(one)))).toEqual(['unspecified', 'unspecified']);
    expect(classify(loopback4)).toBe('loopback');
  });
});

describe('Docker', () => {
  test('its pools are private, and 31 networks fit into those of the daemon', () => {
    expect(PRIVATE.contains(DOCKER.defaultPools)).toBe(true);
    expect(PRIVATE.contains(DOCKER.swarmPool)).toBe(true);
    expect(DOCKER.defaultPools.contains(DOCKER.bridge)).toBe(true);
    const [from172, from192] = DOCKER.defaultPools.ranges().map((range) => AddressSet.of(range));
    expect([...(from172?.blocks(16) ?? [])].length + [...(from192?.blocks(20) ?? [])].length).toBe(31);
  });

  test('the swarm pool holds the pods and Services of K3s, which is why it is checked', () => {
    expect(DOCKER.swarmPool.contains(K3S.clusterCidr)).toBe(true);
    expect(DOCKER.defaultPools.overlaps(K3S.clusterCidr)).toBe(false);
  });
});
