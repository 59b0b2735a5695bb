/** The tree that was written for a cluster before: in `dist/`, or at some commit. */
export interface Former {
  /** The text of a file, by its path below the cluster's folder; undefined if it has none. */
  read(path: string): string | undefined;
  /** What a reader would type to see that file. */
  place(path: string): string;
}

/** A tree as a run makes it. */
export interface Fresh {
  get(path: string): string | undefined;
  files(): readonly { readonly path: string }[];
}
