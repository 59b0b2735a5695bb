import { nameTaken } from '../../lib/cli/synth';
import type { Tools } from '../../lib/docs/tools';
import { walk } from '../../main';

/** The real program, for tests that run the examples of documents. */
export const tools: Tools = { walk, nameTaken };
