import type { Host } from './host';
import type { Walk } from './walk';

/** A command of the tool. */
export interface Command {
  readonly name: string;
  /** One line for the list of commands. */
  readonly summary: string;
  /** What `--help` prints. */
  readonly help: string;
  /** Runs it and gives the exit code. */
  run(args: readonly string[], host: Host, walk: Walk): number;
}
