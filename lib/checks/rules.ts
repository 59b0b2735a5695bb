import type { Plan } from '../plan/plan';
import type { Finding } from '../spec/finding';
import { addressNotPublic } from './addresses/address-not-public';
import { familyMismatch } from './addresses/family-mismatch';
import { podRangeSmall } from './addresses/pod-range-small';
import { routeCoverage } from './addresses/route-coverage';
import { tailnetRange } from './addresses/tailnet-range';
import { addressOutsideNetwork } from './address-outside-network';
import { addressOverlap } from './address-overlap';
import { addressUnusable } from './address-unusable';
import { announcedElsewhere } from './announced-elsewhere';
import { assertionUnclear } from './assertion-unclear';
import { capabilityOwners } from './capability-owners';
import { certificateMissing } from './dns/certificate-missing';
import { hostOutsideZones } from './dns/host-outside-zones';
import { hostTwice } from './dns/host-twice';
import { recordConflict } from './dns/record-conflict';
import { recordFamilies } from './dns/record-families';
import { recordTwice } from './dns/record-twice';
import { recordPrivate } from './dns/record-private';
import { splitDns } from './dns/split-dns';
import { tunnelRecord } from './dns/tunnel-record';
import { wildcardHidden } from './dns/wildcard-hidden';
import { encryptedTwice } from './encryption/encrypted-twice';
import { flowInClear } from './encryption/flow-in-clear';
import { originInClear } from './encryption/origin-in-clear';
import { overlayUnused } from './encryption/overlay-unused';
import { entrypointTwice } from './entrypoint-twice';
import { hostNetworkUnguarded } from './exposure/host-network-unguarded';
import { ipv6Dropped } from './exposure/ipv6-dropped';
import { localWithoutEndpoint } from './exposure/local-without-endpoint';
import { pagesExposed } from './exposure/pages-exposed';
import { portExposed } from './exposure/port-exposed';
import { proxyBypassed } from './exposure/proxy-bypassed';
import { ruleWithoutUse } from './exposure/rule-without-use';
import { apiEndpointUncovered } from './k3s/api-endpoint-uncovered';
import { apiNameMissing } from './k3s/api-name-missing';
import { etcdFar } from './k3s/etcd-far';
import { etcdMembers } from './k3s/etcd-members';
import { flagContradicts } from './k3s/flag-contradicts';
import { mtuDiffers } from './mtu/mtu-differs';
import { mtuTooLarge } from './mtu/mtu-too-large';
import { mtuTooSmall } from './mtu-too-small';
import { notAnnounced } from './not-announced';
import { nodePortHeld } from './ports/node-port-held';
import { portTwice } from './port-twice';
import { serviceReserved } from './service-reserved';
import { appArch } from './startup/app-arch';
import { leaseOrder } from './startup/lease-order';
import { workloadUnplaced } from './startup/workload-unplaced';
import { optionIgnored } from './tools/option-ignored';
import { replicas } from './tools/replicas';

/** One rule: from a plan to what is wrong with it. Pure. */
export type Check = (plan: Plan) => readonly Finding[];

/** Every rule about one cluster, in the order of their files. */
export const RULES: readonly Check[] = [
  addressNotPublic,
  addressOutsideNetwork,
  addressOverlap,
  addressUnusable,
  announcedElsewhere,
  apiEndpointUncovered,
  apiNameMissing,
  assertionUnclear,
  appArch,
  capabilityOwners,
  certificateMissing,
  encryptedTwice,
  entrypointTwice,
  etcdFar,
  etcdMembers,
  familyMismatch,
  flagContradicts,
  flowInClear,
  hostNetworkUnguarded,
  hostOutsideZones,
  hostTwice,
  ipv6Dropped,
  leaseOrder,
  localWithoutEndpoint,
  mtuDiffers,
  mtuTooLarge,
  mtuTooSmall,
  nodePortHeld,
  notAnnounced,
  optionIgnored,
  originInClear,
  overlayUnused,
  pagesExposed,
  podRangeSmall,
  portExposed,
  portTwice,
  proxyBypassed,
  recordConflict,
  recordFamilies,
  recordTwice,
  recordPrivate,
  replicas,
  routeCoverage,
  ruleWithoutUse,
  serviceReserved,
  splitDns,
  tailnetRange,
  tunnelRecord,
  wildcardHidden,
  workloadUnplaced,
];
