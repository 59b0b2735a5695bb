/**
 * A text that is not the address, prefix, range or port it should be.
 * The problem and the value that would be right are kept apart, so that a caller can place them.
 */
export class AddressError extends Error {
  override readonly name = 'AddressError';

  /**
   * @param text the text as it was written
   * @param problem what is wrong, worded so that it follows the quoted text: `has host bits set`
   * @param suggestion the value that would be right, where one can be told
   */
  constructor(
    readonly text: string,
    readonly problem: string,
    readonly suggestion?: string,
  ) {
    super(`${JSON.stringify(text)} ${problem}${suggestion === undefined ? '' : `; write ${suggestion}`}`);
  }
}

/**
 * What to suggest for a text once its first fault is mended: the mended text if it parses, else what its own refusal
 * suggests. A suggestion is thus never refused itself.
 */
export function settle(mended: string, parse: (text: string) => unknown): string | undefined {
  try {
    parse(mended);
    return mended;
  } catch (error) {
    if (error instanceof AddressError) return error.suggestion;
    throw error;
  }
}

/** What a reading gives; undefined where a text is not what it should be. */
export function readable<T>(read: () => T): T | undefined {
  try {
    return read();
  } catch (error) {
    if (error instanceof AddressError) return undefined;
    throw error;
  }
}
