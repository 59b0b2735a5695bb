import type { Cluster } from '../../spec/cluster';
import { sortedEntries } from '../../text/compare';
import type { StorageOptions } from './options';

/** One storage of the spec, by its name there. */
export type Entry<Kind extends StorageOptions['kind'] = StorageOptions['kind']> = Extract<
  StorageOptions,
  { kind: Kind }
> & { readonly name: string };

export type Nfs = Entry<'nfs'>;
export type Minio = Entry<'minio'>;

export function entriesOf(spec: Cluster): Entry[] {
  return sortedEntries(spec.storage).map(([name, one]) => ({ ...one, name }));
}

export function nfsOf(spec: Cluster): Nfs[] {
  return entriesOf(spec).filter((one) => one.kind === 'nfs');
}

export function minioOf(spec: Cluster): Minio[] {
  return entriesOf(spec).filter((one) => one.kind === 'minio');
}
