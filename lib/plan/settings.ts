/** Above this many nodes a setting of each says less than its name. */
const MOST_SETTINGS = 4;

/** A setting that nodes are given, each with an address of its own: as each has it, or of many nodes by its name alone. */
export function someSettings(written: readonly string[], name: string): readonly string[] {
  return written.length > MOST_SETTINGS ? [name] : written;
}
