/** Names of things that live in a namespace, as they are written here: `namespace/name`. */

/** `namespace/name` → `namespace`. */
export function namespaceOf(name: string): string {
  return name.slice(0, name.indexOf('/'));
}

/** `namespace/name` → `name`. */
export function ownName(name: string): string {
  return name.slice(name.indexOf('/') + 1);
}
