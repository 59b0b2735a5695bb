import { compareKeys } from '../text/compare';

/** Where in a cluster's spec something stands: the keys and indexes that lead to it. */
export type SpecPath = readonly (string | number)[];

/** The closed set of things Wayleave can say about a spec, a plan or an output tree. */
export const FINDING_CODES = [
  'ACCEPT_UNUSED',
  'ADDRESS_NOT_PUBLIC',
  'ADDRESS_OUTSIDE_NETWORK',
  'ADDRESS_OVERLAP',
  'ADDRESS_UNUSABLE',
  'API_NAME_MISSING',
  'CALLER_LOCKED_OUT',
  'CAPABILITY_CYCLE',
  'CAPABILITY_MISSING',
  'CAPABILITY_TWICE',
  'CERTIFICATE_MISSING',
  'CHALLENGE_UNREACHABLE',
  'CLUSTER_TWICE',
  'COMPONENT_UNAVAILABLE',
  'ENCRYPTED_TWICE',
  'ETCD_EVEN',
  'ETCD_FAR',
  'FAMILY_MISMATCH',
  'FILE_EDITED',
  'FLOW_BLOCKED',
  'FLOW_IN_CLEAR',
  'FLOW_UNDECLARED',
  'FLOW_WIDENED',
  'HOST_NETWORK_UNGUARDED',
  'HOST_OUTSIDE_ZONES',
  'HOST_TWICE',
  'IPV6_UNGUARDED',
  'K3S_FLAG_CONFLICT',
  'LEASE_TOO_SHORT',
  'LOCAL_WITHOUT_ENDPOINT',
  'MANIFEST_NOT_UNDERSTOOD',
  'MANIFEST_UNREADABLE',
  'MTU_DIFFERS',
  'MTU_TOO_LARGE',
  'MTU_TOO_SMALL',
  'NAME_TOO_LONG',
  'NODE_PORT_HELD',
  'NODE_WITHOUT_ADDRESS',
  'OBJECT_MISPLACED',
  'OBJECT_TWICE',
  'OPTION_IGNORED',
  'ORIGIN_IN_CLEAR',
  'OUTPUT_BLOCKED',
  'OVERLAY_UNUSED',
  'PATH_TWICE',
  'POD_RANGE_SMALL',
  'POLICY_INVALID',
  'POLICY_WITHOUT_EFFECT',
  'PORT_EXPOSED',
  'PORT_TWICE',
  'PROXY_BYPASSED',
  'RECORD_CONFLICT',
  'RECORD_PRIVATE',
  'REPLICAS_TOO_MANY',
  'ROUTE_INCOMPLETE',
  'ROUTE_TOO_WIDE',
  'RULE_WITHOUT_USE',
  'SECRET_IN_OUTPUT',
  'SELECTOR_OVERLAP',
  'SERVICE_RESERVED',
  'SPEC_INVALID',
  'SPEC_SYNTAX',
  'SPEC_UNKNOWN_KEY',
  'SPEC_UNKNOWN_NAME',
  'SPLIT_DNS',
  'SYSCTL_CONFLICT',
  'TAILNET_RANGE',
  'TUNNEL_RECORD',
  'UPGRADE_ALL_SERVERS',
  'UPGRADE_DROPS_ADDRESS',
  'UPGRADE_IMMUTABLE',
  'UPGRADE_NOT_IN_PLACE',
  'UPGRADE_STEP',
  'UPGRADE_UNCOMPARED',
  'WILDCARD_HIDDEN',
  'WORKLOAD_UNPLACED',
] as const;

export type FindingCode = (typeof FINDING_CODES)[number];

export type Severity = 'error' | 'warning' | 'notice';

/**
 * Something wrong (`error`: nothing is written) or doubtful (`warning`) about a cluster, or true of a good one and worth
 * knowing (`notice`).
 */
export interface Finding {
  readonly code: FindingCode;
  readonly severity: Severity;
  /** Every place of the spec that has a part in it, the one to change first. */
  readonly at: readonly SpecPath[];
  /** A place outside any spec, which no path can name: `clusters/x.yaml:12:5`. */
  readonly where?: string;
  /** One sentence: what is wrong, with both owners where two collide. */
  readonly message: string;
  /** The value or the change that would be right. */
  readonly fix?: string;
  /** The same for a machine, where one value at one place removes the finding and brings no other. */
  readonly suggest?: Suggestion;
  /** Places in the specs of other clusters, as they are printed. */
  readonly also?: readonly string[];
}

/** A value to put in one place of the spec; a place that is not there yet is made. */
export interface Suggestion {
  readonly path: SpecPath;
  /** As it would be written: text, numbers, lists and mappings of them. */
  readonly value: unknown;
}

/** What a step made, if it could, and what it found. A value beside errors is not to be used for writing. */
export interface Outcome<T> {
  readonly value?: T;
  readonly findings: readonly Finding[];
}

/** `nodes.hetzner1.addresses[0]`, as an operator would write it. */
export function printPath(path: SpecPath): string {
  let text = '';
  for (const step of path) {
    if (typeof step === 'number') text += `[${step}]`;
    else if (/^[A-Za-z_][\w-]*$/.test(step)) text += text === '' ? step : `.${step}`;
    else text += `[${JSON.stringify(step)}]`;
  }
  return text === '' ? '(the whole spec)' : text;
}

/** A finding of something that stands elsewhere, with each of its places as `place` tells it. */
export function withPlaces(finding: Finding, place: (path: SpecPath) => SpecPath): Finding {
  const { at, suggest } = finding;
  const moved = suggest === undefined ? {} : { suggest: { ...suggest, path: place(suggest.path) } };
  return { ...finding, at: at.map((path) => place(path)), ...moved };
}

const RANK: Readonly<Record<Severity, number>> = { error: 0, warning: 1, notice: 2 };

/** Errors first, then by place, code and wording: the order never depends on the order of discovery. */
export function sortFindings(findings: readonly Finding[]): Finding[] {
  const key = (f: Finding) => [RANK[f.severity], placeKey(f), f.code, f.message];
  return findings
    .map((finding) => ({ finding, key: key(finding) }))
    .sort((a, b) => compareKeys(a.key, b.key))
    .map(({ finding }) => finding);
}

/** Numbers are padded, so that line 9 and entry 9 come before line 10 and entry 10. */
function placeKey({ where, at }: Finding): string {
  return [where ?? '', ...at.map(printPath)].join(' ').replace(/\d+/g, (digits) => digits.padStart(8, '0'));
}

export function hasErrors(findings: readonly Finding[]): boolean {
  return findings.some((finding) => finding.severity === 'error');
}
