import { LineCounter, parseDocument } from 'yaml';
import type { SpecPath } from '../spec/finding';

/** A file's name as it is printed, and its text. */
export interface ManifestFile {
  readonly path: string;
  readonly text: string;
  /** Why it could not be read; its text is empty then. */
  readonly problem?: string;
}

/** Knows where the values of a document stand. */
export interface Placed {
  /** `manifests/web.yaml:12`, the line where the value at `path` or its nearest parent stands. */
  place(path: SpecPath): string;
}

/** One YAML or JSON document of a file. Lines are looked up only when someone asks: most never are. */
export class ManifestDocument implements Placed {
  #lines: ((path: SpecPath) => number) | undefined;

  constructor(
    readonly file: string,
    private readonly text: string,
    /** How many lines of the file come before the text. */
    private readonly linesBefore: number,
  ) {}

  place(path: SpecPath): string {
    this.#lines ??= lineFinder(this.text);
    return `${this.file}:${this.linesBefore + this.#lines(path)}`;
  }
}

function lineFinder(text: string): (path: SpecPath) => number {
  const counter = new LineCounter();
  const document = parseDocument(text, { lineCounter: counter, uniqueKeys: false, merge: true });
  return (path) => {
    for (let length = path.length; length >= 0; length--) {
      const part = path.slice(0, length);
      const node = length === 0 ? document.contents : document.getIn(part, true);
      const range = (node as { range?: readonly number[] } | null | undefined)?.range;
      if (range?.[0] !== undefined) return counter.linePos(range[0]).line;
    }
    return 1;
  };
}

/** One Kubernetes object, as it stands in its file. */
export interface Manifest {
  readonly apiVersion: string;
  readonly kind: string;
  readonly value: Readonly<Record<string, unknown>>;
  readonly document: Placed;
  /** Where in its document the object stands: below `items` in a list. */
  readonly path: SpecPath;
}
