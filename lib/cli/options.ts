import { parseArgs, type ParseArgsConfig } from 'node:util';
import { nearest } from '../text/suggest';
import { UsageError } from './host';

type Options = NonNullable<ParseArgsConfig['options']>;

/**
 * A command's options and what is left over.
 * @throws UsageError that names the option which is wrong
 */
export function parseOptions<O extends Options>(args: readonly string[], options: O) {
  try {
    return parseArgs({ args: [...args], options, allowPositionals: true, strict: true });
  } catch (error) {
    throw new UsageError(explain(args, options, (error as { message: string }).message));
  }
}

function explain(args: readonly string[], options: Options, message: string): string {
  const names = args.filter((arg) => arg.startsWith('--')).map((arg) => arg.slice(2).split('=')[0] ?? '');
  const unknown = names.find((name) => !(name in options));
  if (unknown === undefined) return message.split('. ')[0] ?? message;
  const near = nearest(unknown, Object.keys(options));
  const hint = near === undefined ? 'see --help' : `did you mean --${near}?`;
  return `there is no option --${unknown}; ${hint}`;
}
