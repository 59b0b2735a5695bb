import { z } from 'zod';
import { absolutePath, label, nodeSelector, port, reference } from '../../spec/fields';

/** Storage that nodes of the cluster serve over one of its networks. */
export const storageOptions = z.discriminatedUnion('kind', [
  z.strictObject({
    /** A directory exported by NFS, offered as a PersistentVolume. */
    kind: z.literal('nfs'),
    /** The node that exports it. */
    node: reference('node'),
    /** The network over which it is mounted. */
    network: reference('network'),
    path: absolutePath(),
    /** Version 3 needs ports 111 and mountd beside 2049. @default 4 (Wayleave) */
    version: z.union([z.literal(3), z.literal(4)]).default(4),
    /** Options beside the version. @default rw */
    mountOptions: z.array(z.string().min(1)).default(['rw']),
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
    /** Namespace of the Service. */
    namespace: label(),
    /** @default 9000 (MinIO) */
    port: port().default(9000),
  }),
]);

export type StorageOptions = z.output<typeof storageOptions>;
