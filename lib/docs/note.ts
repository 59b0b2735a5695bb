/** Stands on every page that follows from the code. */
export const GENERATED_NOTE =
  '> Written by `node bin/wayleave.js docs` from the code. Change the code and run it again: an edit made here is lost.';
