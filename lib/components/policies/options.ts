import { z } from 'zod';

/**
 * What becomes of the policies that follow from the flows. `enforce`: every namespace with pods is closed but for them.
 * `audit`: nothing is cut off yet. Cilium reports what would be; for the other engines the document says it.
 * `off`: there are none, and every pod reaches everything.
 */
export const policiesOption = z.enum(['enforce', 'audit', 'off']);

export type PoliciesMode = z.output<typeof policiesOption>;
