/**
 * Works something out once for each thing it is asked of, and only for as long as that thing is in use.
 * Fit for what cannot change: a plan, a spec, and what they consist of.
 */
export function oncePer<K extends object, V>(make: (key: K) => V): (key: K) => V {
  const made = new WeakMap<K, { readonly value: V }>();
  return (key) => {
    let known = made.get(key);
    if (known === undefined) {
      known = { value: make(key) };
      made.set(key, known);
    }
    return known.value;
  };
}

/** The same for a thing and a name of something in it. What is handed along must follow from the thing. */
export function oncePerName<K extends object, V, Along extends unknown[]>(
  make: (key: K, name: string, ...along: Along) => V,
): (key: K, name: string, ...along: Along) => V {
  const ofKey = oncePer((_key: K) => new Map<string, { readonly value: V }>());
  return (key, name, ...along) => {
    const made = ofKey(key);
    let known = made.get(name);
    if (known === undefined) {
      known = { value: make(key, name, ...along) };
      made.set(name, known);
    }
    return known.value;
  };
}
