import { nearest } from '../text/suggest';

/**
 * That nothing is called so, with what was probably meant.
 * @param otherwise what is said where nothing is near. @default all that are known
 */
export function noSuch(
  what: string,
  given: string,
  known: readonly string[],
  otherwise = `the ${what}s are ${known.join(', ') || 'none'}`,
): string {
  const near = nearest(given, known);
  return `there is no ${what} ${given}; ${near === undefined ? otherwise : `did you mean ${near}?`}`;
}
