import { Acceptance } from './accept';
import { clusterSchema, type Cluster } from './cluster';
import { sortFindings, type Outcome } from './finding';
import { referenceFindings } from './references';
import { shapeFindings, type Letters } from './shape';
import { isMapping } from './walk';
import { quote } from './wording';

/**
 * Reads a cluster's spec. Every error is found at once: a part that is broken hides nothing in another part,
 * and a name counts as known even if what it names is broken.
 * @param letters the spec's source, which tells what the file says where that is more than the value: `1.30`
 * @param accepted what the spec accepts of it
 * @returns the cluster only if there is no error
 */
export function parseCluster(
  raw: unknown,
  letters: Letters = {},
  accepted: Acceptance = new Acceptance(raw),
): Outcome<Cluster> {
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
  const result = clusterSchema.safeParse(raw);
  const shape = result.success ? [] : shapeFindings(clusterSchema, raw, result.error.issues, letters);
  const findings = sortFindings(accepted.left([...shape, ...referenceFindings(raw)]));
  return result.success && findings.length === 0 ? { value: result.data, findings } : { findings };
}
