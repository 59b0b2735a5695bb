import { Acceptance } from './accept';
import { clusterSchema, type Cluster } from './cluster';
import { sortFindings, withPlaces, type Finding, type Outcome, type SpecPath } from './finding';
import { Meant } from './meant';
import { referenceFindings } from './references';
import { Rest } from './rest';
import { shapeFindings, type Letters } from './shape';
import { isMapping } from './walk';
import { quote } from './wording';

/** A spec of which a plan can be drawn. */
export interface Plannable {
  readonly cluster: Cluster;
  /** Where a part of it stands in the spec as it is written. */
  readonly written: (path: SpecPath) => SpecPath;
  /** Whether what is found of it may be for want of what was left out. */
  readonly misses: (finding: Finding) => boolean;
}

export interface Parsed extends Outcome<Cluster> {
  /**
   * The cluster, or beside errors as much of it as is sound: without the parts that are broken and can be spared. What
   * a plan of it lacks is not to be reported. Absent where an error leaves nothing to plan.
   */
  readonly plannable?: Plannable;
}

/**
 * Reads a cluster's spec. Every error is found at once: a part that is broken hides nothing in another part,
 * and a name counts as known even if what it names is broken.
 * @param letters the spec's source, which tells what the file says where that is more than the value: `1.30`
 * @param accepted what the spec accepts of it
 * @returns the cluster only if there is no error
 */
export function parseCluster(raw: unknown, letters: Letters = {}, accepted: Acceptance = new Acceptance(raw)): Parsed {
  if (!isMapping(raw)) {
    return {
      findings: [
        {
          code: 'SPEC_INVALID',
          severity: 'error',
          at: [[]],
          message: `a cluster must be a mapping, not ${quote(raw)}`,
        },
      ],
    };
  }
  const whole = Rest.of(raw);
  const read = readRest(whole, letters, accepted);
  const findings = sortFindings([...read.broken, ...read.plain]);
  const plannable = soundPart(whole, read, accepted);
  if (plannable === undefined) return { findings };
  return findings.length > 0 ? { findings, plannable } : { value: plannable.cluster, findings, plannable };
}

interface Read {
  readonly cluster: Cluster | undefined;
  readonly broken: readonly Finding[];
  readonly plain: readonly Finding[];
}

function readRest(rest: Rest, letters: Letters, accepted: Acceptance): Read {
  const { raw } = rest;
  const result = clusterSchema.safeParse(raw);
  const shape = result.success ? [] : shapeFindings(clusterSchema, raw, result.error.issues, letters);
  const meant = Meant.of(raw, shape);
  const { broken, plain } = referenceFindings(meant.raw);
  const left = (findings: readonly Finding[]) =>
    accepted.isEmpty
      ? findings
      : findings.filter((one) => accepted.left([withPlaces(one, (path) => rest.written(path))]).length > 0);
  return {
    cluster: result.data,
    broken: left([...shape, ...broken.map((one) => meant.written(one))]),
    plain: left(plain.map((one) => meant.written(one))),
  };
}

/** Leaves out what is broken, and what refers to that, until nothing is. */
function soundPart(rest: Rest, { cluster, broken }: Read, accepted: Acceptance): Plannable | undefined {
  if (broken.length === 0)
    return cluster && { cluster, written: (path) => rest.written(path), misses: (finding) => rest.misses(finding) };
  const less = rest.without(broken);
  return less && soundPart(less, readRest(less, {}, accepted), accepted);
}
