import { z } from 'zod';
import { absolutePath, label, nodeSelector, port, reference } from '../../spec/fields';

/** An option of mount(8) that says neither the version nor the address, which follow from the rest. */
const mountOption = () =>
  z.string().regex(/^(?!(nfsvers|vers|addr|v3$|v4))[a-z][a-z0-9_]*(=[^\s,=]+)?$/, {
    message: 'must be one option of mount(8), such as soft, and say neither version nor address',
  });

/** Storage that nodes of the cluster serve over one of its networks. */
export const storageOptions = z.discriminatedUnion('kind', [
  z.strictObject({
    /** A directory exported by NFS, offered as a PersistentVolume, or as a volume of Docker's. */
    kind: z.literal('nfs'),
    /** The node that exports it. */
    node: reference('node'),
    /** The network over which it is mounted. */
    network: reference('network'),
    path: absolutePath(),
    /** Version 3 needs ports 111 and mountd beside 2049, and unless `nolock` is among the options those of locks too. @default 4 (Wayleave) */
    version: z.union([z.literal(3), z.literal(4)]).default(4),
    /** Options beside the version. @default rw */
    mountOptions: z.array(mountOption()).default(['rw']),
    /** What the export grants, by exports(5). @default rw, sync, no_subtree_check (Wayleave) */
    exportOptions: z
      .array(z.string().regex(/^[a-z_]+(=[^\s,=()]+)?$/, 'must be one option of exports(5), such as no_root_squash'))
      .default(['rw', 'sync', 'no_subtree_check']),
    /** What the volume promises, by Kubernetes' notation. @default 10Gi (Wayleave) */
    capacity: z
      .string()
      .regex(/^\d+(Ki|Mi|Gi|Ti)$/, 'must be a size such as 10Gi')
      .default('10Gi'),
  }),
  z.strictObject({
    /** S3 by MinIO on the nodes themselves, offered as a Service without selector. */
    kind: z.literal('minio'),
    nodes: nodeSelector(),
    /** The network over which it is called. */
    network: reference('network'),
    /** Namespace of the Service, where there is K3s. @default storage (Wayleave) */
    namespace: label().default('storage'),
    /** @default 9000 (MinIO) */
    port: port().default(9000),
  }),
]);

export type StorageOptions = z.output<typeof storageOptions>;
