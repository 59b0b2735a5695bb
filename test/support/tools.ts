import { toolsOf } from '../../lib/cli/tools';
import { walk } from '../../main';

/** The real program, for tests that run the examples of documents. */
export const tools = toolsOf(walk);
