/**
 * A schema that is made once for each set of arguments. The leaves stand in dozens of places, and a run that reads a few
 * specs spends more on making schemas than on using them. A schema never changes, so that all may have the same.
 */
export function shared<About extends readonly (string | number | undefined)[], Schema>(
  make: (...about: About) => Schema,
): (...about: About) => Schema {
  const made = new Map<string, Schema>();
  return (...about) => {
    const key = about.join();
    let schema = made.get(key);
    if (schema === undefined) made.set(key, (schema = make(...about)));
    return schema;
  };
}
