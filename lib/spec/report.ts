import { printPath, sortFindings, type Finding, type SpecPath } from './finding';

/** Findings of one cluster, or of none, with what tells where in which file a path is written. */
export interface Found {
  readonly findings: readonly Finding[];
  /** The spec they are about. Absent: paths are printed as they are. */
  readonly source?: { readonly file: string; locate(path: SpecPath): string };
}

/**
 * Findings as a person reads them: grouped by file, each with its place, what is wrong and the remedy,
 * and a count at the end. Empty if there are none.
 * @param colour whether the text is for a terminal that shows colours
 */
export function renderFindings(found: readonly Found[], colour: boolean): string {
  const groups = new Map<string, string[]>();
  for (const { findings, source } of found) {
    for (const finding of sortFindings(findings)) {
      const file = finding.where?.replace(/(:\d+)+$/, '') ?? source?.file ?? '';
      const entry = renderFinding(finding, placesOf(finding, source), colour);
      groups.set(file, [...(groups.get(file) ?? []), entry]);
    }
  }
  if (groups.size === 0) return '';
  const files = [...groups.keys()].sort();
  const entries = files.flatMap((file) => groups.get(file) ?? []);
  return `${entries.join('\n\n')}\n\n${countLine(found.flatMap((one) => one.findings))}\n`;
}

function renderFinding(finding: Finding, [first, ...others]: readonly string[], colour: boolean): string {
  const paint = colour ? PAINT[finding.severity] : undefined;
  const head = `${paint ? `${paint}${finding.severity}${RESET}` : finding.severity} ${finding.code}${first === undefined ? '' : `  ${first}`}`;
  const lines = [...others.map((place) => `and ${place}`), ...finding.message.split('\n')];
  if (finding.fix !== undefined) lines.push(`fix: ${finding.fix}`);
  return [head, ...lines.map((line) => `  ${line}`)].join('\n');
}

/** SGR sequences of ECMA-48: red, yellow, reset. */
const PAINT = { error: '\u001b[31m', warning: '\u001b[33m' } as const;
const RESET = '\u001b[0m';

function placesOf(finding: Finding, source: Found['source']): readonly string[] {
  if (finding.where !== undefined) return [finding.where];
  return finding.at.map((path) => {
    const text = printPath(path);
    if (source === undefined) return text;
    const place = source.locate(path);
    return path.length === 0 || place.endsWith(text) ? place : `${place} (${text})`;
  });
}

function countLine(findings: readonly Finding[]): string {
  const errors = findings.filter((finding) => finding.severity === 'error').length;
  const warnings = findings.length - errors;
  const count = (n: number, word: string) => (n === 0 ? [] : [`${n} ${word}${n === 1 ? '' : 's'}`]);
  return [...count(errors, 'error'), ...count(warnings, 'warning')].join(', ');
}
