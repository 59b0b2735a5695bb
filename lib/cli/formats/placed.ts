import { printPath, sortFindings, type Finding, type Suggestion } from '../../spec/finding';
import { placesOf, type Found } from '../../spec/report';
import { sortedBy } from '../../text/compare';

/** A place in a file, as far as it is known. */
export interface Place {
  /** From the current folder where it lies below it. Absent: the finding is about no file. */
  readonly file?: string;
  /** Counted from 1. */
  readonly line?: number;
  /** Counted from 1. */
  readonly column?: number;
  /** Where in the spec: `apps.web.hosts[0]`. */
  readonly path?: string;
}

/** A finding with its places, for a reader that is a program. */
export interface Placed {
  readonly code: Finding['code'];
  readonly severity: Finding['severity'];
  readonly message: string;
  readonly fix?: string;
  readonly suggest?: Suggestion;
  /** The one to change first comes first. */
  readonly places: readonly Place[];
}

/** All findings of a run, by file; within one, errors come first. */
export function placed(found: readonly Found[]): Placed[] {
  const all = found.flatMap(({ findings, source }) =>
    sortFindings(findings).map((finding) => {
      const paths = finding.where === undefined ? finding.at : [];
      const places = placesOf(finding, source).map((text, i) => placeOf(text, paths[i]));
      const { code, severity, message, fix, suggest } = finding;
      const own = source === undefined ? places : places.map((place) => ({ file: source.file, ...place }));
      const known = own.length > 0 || source === undefined ? own : [{ file: source.file }];
      return {
        code,
        severity,
        message,
        ...(fix === undefined ? {} : { fix }),
        ...(suggest === undefined ? {} : { suggest }),
        places: known,
      };
    }),
  );
  // A stable sort: what was sorted within a file stays so.
  return sortedBy(all, ({ places: [first] }) => first?.file ?? '');
}

/** Reads a place as it is printed: `clusters/x.yaml:12:5 (nodes.a)`, `clusters/x.ts: nodes.a`, or a path alone. */
function placeOf(text: string, path: readonly (string | number)[] | undefined): Place {
  const inSpec = path === undefined || path.length === 0 ? {} : { path: printPath(path) };
  const [, file, line, column, printed] = /^(.+?):(\d+):(\d+)(?: \((.*)\))?$/s.exec(text) ?? [];
  if (file !== undefined)
    return {
      file,
      line: Number(line),
      column: Number(column),
      ...(printed === undefined ? inSpec : { path: printed }),
    };
  const [, whole, rest] = /^(.+?): (.+)$/s.exec(text) ?? [];
  if (whole !== undefined) return { file: whole, path: rest ?? '' };
  return inSpec.path === text ? inSpec : { file: text, ...inSpec };
}
