import { existsSync, readdirSync, readFileSync } from 'node:fs';
import { join } from 'node:path';
import { parseAllDocuments } from 'yaml';

/** What is checked: the committed tree, unless another is named. */
const DIST = process.env['WAYLEAVE_DIST'] ?? join(__dirname, '..', '..', 'dist');

/** An object of a generated tree, with the file it stands in. */
export interface DistObject {
  readonly file: string;
  readonly apiVersion: string;
  readonly kind: string;
  readonly metadata: { readonly name: string; readonly namespace?: string };
  readonly spec?: Readonly<Record<string, unknown>>;
}

/** The generated clusters. @throws Error if there is none */
export function distClusters(): string[] {
  const found = existsSync(DIST)
    ? readdirSync(DIST, { withFileTypes: true }).filter((entry) => entry.isDirectory())
    : [];
  if (found.length === 0) throw new Error(`${DIST} holds no cluster: run npm run synth first`);
  return found.map((entry) => entry.name).sort();
}

/** Every Kubernetes object of a cluster. What lies in `hosts/` is for machines. */
export function distObjects(cluster: string): DistObject[] {
  const files = readdirSync(join(DIST, cluster), { recursive: true, encoding: 'utf8' });
  return files
    .filter((file) => file.endsWith('.yaml') && !file.startsWith('hosts/'))
    .sort()
    .flatMap((file) =>
      parseAllDocuments(readFileSync(join(DIST, cluster, file), 'utf8')).map((document) => ({
        ...(document.toJS() as DistObject),
        file,
      })),
    );
}

export function groupOf({ apiVersion }: DistObject): string {
  return apiVersion.includes('/') ? apiVersion.slice(0, apiVersion.indexOf('/')) : '';
}

export function describeObject({ file, kind, metadata }: DistObject): string {
  return `${file}: ${kind} ${metadata.namespace === undefined ? '' : `${metadata.namespace}/`}${metadata.name}`;
}
