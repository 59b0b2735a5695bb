import { z } from 'zod';
import { reference } from '../../spec/fields';

/** Lowers the segment size that TCP connections through the hosts announce, where path MTU discovery is not to be trusted. */
export const mssClampOptions = z.strictObject({
  /** The network whose interfaces are clamped. */
  network: reference('network'),
  /** Bytes of a segment, or `path-mtu` for what the route allows. @default path-mtu (Wayleave) */
  segmentBytes: z.union([z.literal('path-mtu'), z.int().min(536).max(65495)]).default('path-mtu'),
});

export type MssClampOptions = z.output<typeof mssClampOptions>;
