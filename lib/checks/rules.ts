import type { Plan } from '../plan/plan';
import type { Finding } from '../spec/finding';
import { addressNotPublic } from './addresses/address-not-public';
import { addressOutsideNetwork } from './addresses/address-outside-network';
import { addressOverlap } from './addresses/address-overlap';
import { addressUnusable } from './addresses/address-unusable';
import { familyMismatch } from './addresses/family-mismatch';
import { podRangeSmall } from './addresses/pod-range-small';
import { routeCoverage } from './addresses/route-coverage';
import { tailnetRange } from './addresses/tailnet-range';
import { capabilityOwners } from './components/capability-owners';
import { serviceReserved } from './components/service-reserved';
import { certificateMissing } from './dns/certificate-missing';
import { challengeUnreachable } from './dns/challenge-unreachable';
import { hostOutsideZones } from './dns/host-outside-zones';
import { hostTwice } from './dns/host-twice';
import { recordConflict } from './dns/record-conflict';
import { recordFamilies } from './dns/record-families';
import { recordPrivate } from './dns/record-private';
import { recordTwice } from './dns/record-twice';
import { splitDns } from './dns/split-dns';
import { tunnelRecord } from './dns/tunnel-record';
import { wildcardHidden } from './dns/wildcard-hidden';
import { encryptedTwice } from './encryption/encrypted-twice';
import { flowInClear } from './encryption/flow-in-clear';
import { originInClear } from './encryption/origin-in-clear';
import { overlayUnused } from './encryption/overlay-unused';
import { callerLockedOut } from './exposure/caller-locked-out';
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
import { maskRefused } from './k3s/mask-refused';
import { announcedElsewhere } from './load-balancers/announced-elsewhere';
import { notAnnounced } from './load-balancers/not-announced';
import { mtuDiffers } from './mtu/mtu-differs';
import { mtuTooLarge } from './mtu/mtu-too-large';
import { mtuTooSmall } from './mtu/mtu-too-small';
import { assertionUnclear } from './policies/assertion-unclear';
import { selectorOverlap } from './policies/selector-overlap';
import { entrypointTwice } from './ports/entrypoint-twice';
import { nodePortHeld } from './ports/node-port-held';
import { portTwice } from './ports/port-twice';
import { appArch } from './startup/app-arch';
import { leaseOrder } from './startup/lease-order';
import { workloadUnplaced } from './startup/workload-unplaced';
import { optionIgnored } from './tools/option-ignored';
import { replicas } from './tools/replicas';

/** One rule: from a plan to what is wrong with it. Pure. */
export type Check = (plan: Plan) => readonly Finding[];

/** Every rule about one cluster, by name. */
export const RULES: readonly Check[] = [
  addressNotPublic,
  addressOutsideNetwork,
  addressOverlap,
  addressUnusable,
  announcedElsewhere,
  apiEndpointUncovered,
  apiNameMissing,
  appArch,
  assertionUnclear,
  callerLockedOut,
  capabilityOwners,
  certificateMissing,
  challengeUnreachable,
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
  maskRefused,
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
  recordPrivate,
  recordTwice,
  replicas,
  routeCoverage,
  ruleWithoutUse,
  selectorOverlap,
  serviceReserved,
  splitDns,
  tailnetRange,
  tunnelRecord,
  wildcardHidden,
  workloadUnplaced,
];
