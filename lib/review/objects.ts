import { parseAllDocuments } from 'yaml';
import { readPlainYaml } from '../text/plain-yaml';
import { isMapping, member, valueAt } from '../spec/walk';

/** An object of a manifest, by what an API server knows it by. */
export interface ManifestObject {
  readonly kind: string;
  /** `Deployment shop/web`. */
  readonly title: string;
  readonly data: Readonly<Record<string, unknown>>;
}

/** The objects of a file that Wayleave wrote, by group, kind, namespace and name; undefined if it is damaged since. */
export function objectsIn(text: string): Map<string, ManifestObject> | undefined {
  const objects = new Map<string, ManifestObject>();
  const all = documents(text);
  if (all === undefined) return undefined;
  for (const document of all) {
    const [version, kind] = [member(document, 'apiVersion'), member(document, 'kind')];
    const [name, namespace] = [valueAt(document, ['metadata', 'name']), valueAt(document, ['metadata', 'namespace'])];
    if (!isMapping(document) || typeof kind !== 'string' || typeof name !== 'string') continue;
    const group = typeof version === 'string' && version.includes('/') ? version.slice(0, version.indexOf('/')) : '';
    const place = typeof namespace === 'string' ? `${namespace}/${name}` : name;
    objects.set(`${group} ${kind} ${place}`, { kind, title: `${kind} ${place}`, data: document });
  }
  return objects;
}

function documents(text: string): unknown[] | undefined {
  const found: unknown[] = [];
  for (const part of text.split(/^---$/m)) {
    const plain = readPlainYaml(part);
    if (plain !== undefined) {
      found.push(plain.value);
      continue;
    }
    for (const document of parseAllDocuments(part)) {
      if (document.errors.length > 0) return undefined;
      try {
        found.push(document.toJS());
      } catch (error) {
        // An alias without its anchor, or one that stands for too much.
        if (error instanceof ReferenceError) return undefined;
        throw error;
      }
    }
  }
  return found;
}
