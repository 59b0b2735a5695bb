import { printPath, sortFindings, type Finding, type Severity, type SpecPath } from './finding';

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
 * @param also `notices`, which are true of a good cluster, are left out unless they are asked for
 */
export function renderFindings(
  found: readonly Found[],
  colour: boolean,
  also: { readonly notices?: boolean } = {},
): string {
  const shown = found.map(({ findings, source }) => ({
    findings: findings.filter(({ severity }) => also.notices === true || severity !== 'notice'),
    source,
  }));
  const groups = new Map<string, string[]>();
  for (const { findings, source } of shown) {
    for (const finding of sortFindings(findings)) {
      const file = finding.where?.replace(/(:\d+)+$/, '') ?? source?.file ?? '';
      const entry = renderFinding(finding, placesOf(finding, source), colour);
      groups.set(file, [...(groups.get(file) ?? []), entry]);
    }
  }
  if (groups.size === 0) return '';
  const files = [...groups.keys()].sort();
  const entries = files.flatMap((file) => groups.get(file) ?? []);
  return `${entries.join('\n\n')}\n\n${countLine(shown.flatMap((one) => one.findings))}\n`;
}

function renderFinding(finding: Finding, [first, ...others]: readonly string[], colour: boolean): string {
  const paint = colour ? PAINT[finding.severity] : undefined;
  const head = `${paint ? `${paint}${finding.severity}${RESET}` : finding.severity} ${finding.code}${first === undefined ? '' : `  ${first}`}`;
  const lines = [...listed(others).map((place) => `and ${place}`), ...finding.message.split('\n')];
  if (finding.fix !== undefined) lines.push(`fix: ${finding.fix}`);
  return [head, ...lines.map((line) => `  ${line}`)].join('\n');
}

/** So many places that what is wrong is not lost below them. */
const MOST_PLACES = 4;

function listed(places: readonly string[]): readonly string[] {
  if (places.length <= MOST_PLACES) return places;
  return [...places.slice(0, MOST_PLACES - 1), `${places.length - MOST_PLACES + 1} more places`];
}

/** SGR sequences of ECMA-48: red, yellow, cyan, reset. */
const PAINT = { error: '\u001b[31m', warning: '\u001b[33m', notice: '\u001b[36m' } as const;
const RESET = '\u001b[0m';

/** Every place of a finding as it is printed, the one to change first at the front. */
export function placesOf(finding: Finding, source: Found['source']): readonly string[] {
  const others = finding.also ?? [];
  if (finding.where !== undefined) return [finding.where, ...others];
  const own = finding.at.map((path) => (source === undefined ? printPath(path) : placeIn(source, path)));
  // A module's places are its name and a path: the name is read once.
  const [first, ...more] = own.map((place, i) => (i === 0 ? place : place.replace(`${source?.file ?? ''}: `, '')));
  return first === undefined ? others : [first, ...more, ...others];
}

/** A place of a spec as it is printed: its line, where the form has lines, and its path. */
export function placeIn(source: NonNullable<Found['source']>, path: SpecPath): string {
  const text = printPath(path);
  const place = source.locate(path);
  return path.length === 0 || place.endsWith(text) ? place : `${place} (${text})`;
}

function countLine(findings: readonly Finding[]): string {
  const count = (severity: Severity) => {
    const n = findings.filter((finding) => finding.severity === severity).length;
    return n === 0 ? [] : [`${n} ${severity}${n === 1 ? '' : 's'}`];
  };
  return [...count('error'), ...count('warning'), ...count('notice')].join(', ');
}
