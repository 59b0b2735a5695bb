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

/** The objects of a file that Wayleave wrote, by group, kind, namespace and name. */
export function objectsIn(text: string): Map<string, ManifestObject> {
  const objects = new Map<string, ManifestObject>();
  for (const document of documents(text)) {
    const [version, kind] = [member(document, 'apiVersion'), member(document, 'kind')];
    const [name, namespace] = [valueAt(document, ['metadata', 'name']), valueAt(document, ['metadata', 'namespace'])];
    if (!isMapping(document) || typeof kind !== 'string' || typeof name !== 'string') continue;
    const group = typeof version === 'string' && version.includes('/') ? version.slice(0, version.indexOf('/')) : '';
    const place = typeof namespace === 'string' ? `${namespace}/${name}` : name;
    objects.set(`${group} ${kind} ${place}`, { kind, title: `${kind} ${place}`, data: document });
  }
  return objects;
}

function documents(text: string): unknown[] {
  return text.split(/^---$/m).flatMap((part): unknown[] => {
    const plain = readPlainYaml(part);
    if (plain !== undefined) return [plain.value];
    return parseAllDocuments(part).map((document) => document.toJS() as unknown);
  });
}
