/** The tree that was written for a cluster before: in `dist/`, or at some commit. */
export interface Former {
  /** Whether something stands at a path below the cluster's folder; also where this user cannot tell. */
  has(path: string): boolean;
  /** The text of a file, by its path; undefined if it has none that may be read. */
  read(path: string): string | undefined;
  /** What a reader would type to see that file. */
  place(path: string): string;
}

/** A tree as a run makes it. */
export interface Fresh {
  get(path: string): string | undefined;
  files(): readonly { readonly path: string }[];
}
