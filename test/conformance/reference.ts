import { existsSync, readdirSync, readFileSync } from 'node:fs';
import { join } from 'node:path';
import { parseAllDocuments } from 'yaml';

const ROOT = join(__dirname, '..', '..');
const FOLDER = process.env['WAYLEAVE_REFERENCE'] ?? join(ROOT, '..', 'shared', 'reference');

/** A JSON schema, as far as these tests look into it. */
export interface Schema {
  readonly type?: string | readonly string[];
  readonly properties?: Readonly<Record<string, Schema>>;
  readonly additionalProperties?: boolean | Schema;
  readonly items?: Schema;
  readonly required?: readonly string[];
  readonly enum?: readonly unknown[];
  readonly [keyword: string]: unknown;
}

export interface Crd {
  readonly group: string;
  readonly kind: string;
  readonly scope: string;
  readonly plural: string;
  /** By version, such as `v1alpha1`. */
  readonly schemas: ReadonlyMap<string, Schema>;
}

interface CrdDocument {
  readonly spec: {
    readonly group: string;
    readonly scope: string;
    readonly names: { readonly kind: string; readonly plural: string };
    readonly versions: readonly {
      readonly name: string;
      readonly served: boolean;
      readonly schema: { readonly openAPIV3Schema: Schema };
    }[];
  };
}

/** The folder of real CRDs and chart schemas. @throws Error if it is not there */
export function reference(...parts: string[]): string {
  if (!existsSync(FOLDER)) {
    throw new Error(
      `conformance is checked against real CRDs and chart schemas, and ${FOLDER} is not there: set WAYLEAVE_REFERENCE to the folder that holds crds/ and values/`,
    );
  }
  return join(FOLDER, ...parts);
}

/** Every CRD of the reference, by `group/Kind`. */
export function realCrds(): ReadonlyMap<string, Crd> {
  const folder = reference('crds');
  const files = readdirSync(folder, { recursive: true, encoding: 'utf8' }).filter((file) => file.endsWith('.yaml'));
  return byKind(files.flatMap((file) => readCrds(join(folder, file))));
}

/** Wayleave's own slices, by `group/Kind`. */
export function slices(): ReadonlyMap<string, Crd> {
  const folder = join(ROOT, 'imports', 'crds');
  return byKind(readdirSync(folder).flatMap((file) => readCrds(join(folder, file))));
}

function byKind(crds: readonly Crd[]): ReadonlyMap<string, Crd> {
  return new Map(crds.map((crd) => [`${crd.group}/${crd.kind}`, crd]));
}

function readCrds(file: string): Crd[] {
  return parseAllDocuments(readFileSync(file, 'utf8')).map((document): Crd => {
    const { spec } = document.toJS() as CrdDocument;
    const served = spec.versions.filter((version) => version.served);
    return {
      group: spec.group,
      kind: spec.names.kind,
      plural: spec.names.plural,
      scope: spec.scope,
      schemas: new Map(served.map((version) => [version.name, version.schema.openAPIV3Schema])),
    };
  });
}
