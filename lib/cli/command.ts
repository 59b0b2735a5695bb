import type { Host } from './host';
import type { Walk } from './walk';

/** What a command of the tool does. Its name and its line in the list of commands stand in `run.ts`. */
export interface Command {
  /** What `--help` prints. */
  readonly help: string;
  /** Runs it and gives the exit code. */
  run(args: readonly string[], host: Host, walk: Walk): number;
}
