import { AddressSet } from '../net/address-set';
import { readEndpoints, readEntityTest } from './calico-labels';
import { readCidrOrAddress } from './cilium-cidr';
import type { Field } from './field';
import { allOf, EVERY, not, type Labels } from './labels';
import { NAMESPACE } from './pod-labels';
import { BY_ADDRESS, type Peer, type Rule } from './policy';
import type { NetworkSet, Surroundings } from './surroundings';
import { nameOf } from './workload';

const KNOWN = [
  'nets',
  'notNets',
  'selector',
  'notSelector',
  'namespaceSelector',
  'ports',
  'notPorts',
  'serviceAccounts',
  'services',
];

/** Reads the side of a rule on which the peer stands. Everything that is given must be so. */
export function readPeer(
  entity: Field,
  namespace: string | undefined,
  ipVersion: number | undefined,
  surroundings: Surroundings,
): Peer {
  entity.only(KNOWN);
  if (entity.get('services').isGiven) return readServicePeer(entity.get('services'), namespace, surroundings);
  const positive = readEntityTest(entity, namespace);
  const notSelector = entity.get('notSelector');
  const negative = notSelector.isGiven ? not(readEndpoints(notSelector)) : undefined;
  const nets = readNets(entity, ipVersion);
  if (positive === undefined && negative === undefined)
    return nets === undefined ? { everyone: true } : { addresses: nets };
  const test = allOf([positive ?? EVERY, negative ?? EVERY]);
  const sets = surroundings.networkSets.filter((set) => test.matches(labelsOf(set))).map(({ addresses }) => addresses);
  // Addresses that are in no set have no labels: only a selector that wants none is right for them.
  const excluded = surroundings.networkSets
    .filter((set) => negative?.matches(labelsOf(set)) === false)
    .map(({ addresses }) => addresses);
  const addresses =
    positive === undefined ? AddressSet.everything.difference(AddressSet.of(...excluded)) : AddressSet.of(...sets);
  const anyone: Peer = {
    pods: test,
    byLabelsOnly: true,
    addresses: nets === undefined ? addresses : addresses.intersection(nets),
  };
  return nets === undefined ? anyone : { ...anyone, within: nets };
}

/** The endpoint's own side of a rule: which endpoints of the policy the rule is for; and whether that can be told. */
export function readLocal(
  entity: Field,
  namespace: string | undefined,
): Pick<Rule, 'local' | 'localAddresses' | 'uncertain'> {
  entity.only(KNOWN);
  const notSelector = entity.get('notSelector');
  const positive = readEntityTest(entity, namespace);
  const test = allOf([positive ?? EVERY, notSelector.isGiven ? not(readEndpoints(notSelector)) : EVERY]);
  const addresses = readNets(entity, undefined);
  return {
    ...(test.key === EVERY.key ? {} : { local: test }),
    ...(addresses === undefined ? {} : { localAddresses: addresses, uncertain: BY_ADDRESS }),
  };
}

function readNets(entity: Field, ipVersion: number | undefined): AddressSet | undefined {
  const nets = entity.get('nets');
  const notNets = entity.get('notNets');
  if (!nets.isGiven && !notNets.isGiven && ipVersion === undefined) return undefined;
  const read = (field: Field) => AddressSet.of(...field.items().map(readCidrOrAddress));
  const within = nets.items().length > 0 ? read(nets) : AddressSet.everything;
  const set = within.difference(read(notNets));
  return ipVersion === undefined ? set : set.family(ipVersion === 6 ? 6 : 4);
}

function readServicePeer(services: Field, namespace: string | undefined, surroundings: Surroundings): Peer {
  services.only(['name', 'namespace']);
  const place = services.get('namespace').text() ?? namespace;
  const found = surroundings.services.find(
    (service) => service.name === services.get('name').value && service.namespace === place,
  );
  if (found === undefined) services.ineffective('names no Service of the tree');
  return found === undefined ? { addresses: AddressSet.empty } : { pods: found.pods };
}

function labelsOf({ labels, namespace }: NetworkSet): Labels {
  return namespace === undefined ? labels : { ...labels, [NAMESPACE]: namespace };
}

/** Reads a GlobalNetworkSet or a NetworkSet. */
export function readNetworkSet(field: Field, namespace: string | undefined): NetworkSet {
  const set = {
    name: nameOf(field),
    labels: field.in('metadata', 'labels').labels(),
    addresses: AddressSet.of(...field.in('spec', 'nets').items().map(readCidrOrAddress)),
  };
  return namespace === undefined ? set : { ...set, namespace };
}
