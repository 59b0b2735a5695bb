import type { Placed } from './placed';

/** Findings as data, each on a line of its own. */
export function jsonFormat(findings: readonly Placed[], clusters: readonly string[]): string {
  const count = (severity: Placed['severity']) => findings.filter((one) => one.severity === severity).length;
  const head = { clusters, errors: count('error'), warnings: count('warning'), notices: count('notice') };
  const lines = findings.map((finding) => `    ${JSON.stringify(finding)}`);
  const list = lines.length === 0 ? '[]' : `[\n${lines.join(',\n')}\n  ]`;
  return `${JSON.stringify(head, null, 2).replace(/\n\}$/, '')},\n  "findings": ${list}\n}\n`;
}
