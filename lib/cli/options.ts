import { parseArgs, type ParseArgsConfig } from 'node:util';
import { nearest } from '../text/suggest';
import { UsageError } from './host';

type Options = NonNullable<ParseArgsConfig['options']>;

/** A command's options and what is left over, or a sentence about the one that is wrong. */
export function parseOptions<O extends Options>(args: readonly string[], options: O) {
  try {
    return parseArgs({ args: [...args], options, allowPositionals: true, strict: true });
  } catch (error) {
    const bad = args.find((arg) => arg.startsWith('--') && !(arg.slice(2).split('=')[0] ?? '' in options));
    const near = bad && nearest(bad.slice(2).split('=')[0] ?? '', Object.keys(options));
    const message = error instanceof Error ? (error.message.split('. ')[0] ?? error.message) : String(error);
    throw new UsageError(near === undefined || near === '' ? message : `${message}; did you mean --${near}?`);
  }
}
