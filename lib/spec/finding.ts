import { compareKeys } from '../text/compare';

/** Where in a cluster's spec something stands: the keys and indexes that lead to it. */
export type SpecPath = readonly (string | number)[];

/** The closed set of things Wayleave can say about a spec, a plan or an output tree. */
export const FINDING_CODES = [
  'ACCEPT_UNUSED',
  'ADDRESS_OUTSIDE_NETWORK',
  'ADDRESS_OVERLAP',
  'ADDRESS_UNUSABLE',
  'CAPABILITY_CYCLE',
  'CAPABILITY_MISSING',
  'CAPABILITY_TWICE',
  'CLUSTER_TWICE',
  'COMPONENT_UNAVAILABLE',
  'FILE_EDITED',
  'HOST_TWICE',
  'K3S_FLAG_CONFLICT',
  'MANIFEST_NOT_UNDERSTOOD',
  'MANIFEST_UNREADABLE',
  'MTU_TOO_SMALL',
  'NODE_WITHOUT_ADDRESS',
  'OBJECT_TWICE',
  'OUTPUT_BLOCKED',
  'PATH_TWICE',
  'POLICY_INVALID',
  'POLICY_WITHOUT_EFFECT',
  'PORT_TWICE',
  'SECRET_IN_OUTPUT',
  'SERVICE_RESERVED',
  'SPEC_INVALID',
  'SPEC_SYNTAX',
  'SPEC_UNKNOWN_KEY',
  'SPEC_UNKNOWN_NAME',
  'SYSCTL_CONFLICT',
] as const;

export type FindingCode = (typeof FINDING_CODES)[number];

/** Something wrong (`error`: nothing is written) or doubtful (`warning`) about a cluster. */
export interface Finding {
  readonly code: FindingCode;
  readonly severity: 'error' | 'warning';
  /** Every place of the spec that has a part in it, the one to change first. */
  readonly at: readonly SpecPath[];
  /** A place outside any spec, which no path can name: `clusters/x.yaml:12:5`. */
  readonly where?: string;
  /** One sentence: what is wrong, with both owners where two collide. */
  readonly message: string;
  /** The value or the change that would be right. */
  readonly fix?: string;
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

/** Errors first, then by place, code and wording: the order never depends on the order of discovery. */
export function sortFindings(findings: readonly Finding[]): Finding[] {
  const key = (f: Finding) => [f.severity === 'error' ? 0 : 1, placeKey(f), f.code, f.message];
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
