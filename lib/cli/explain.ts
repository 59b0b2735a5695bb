import { explain, gist } from '../docs/explain';
import { FINDING_CODES } from '../spec/finding';
import type { Command } from './command';
import { OK, UsageError } from './host';
import { noSuch } from './no-such';
import { parseOptions } from './options';
import { toolsOf } from './tools';

/** Says what a code means, with an example that is run on the spot. */
export const explainCommand: Command = {
  help: `usage: wayleave explain [CODE…]

Prints what each code means, an example with what is printed for it, and the fix. Without a code: the list of all.

  --help  this text
`,
  run(args, host, walk) {
    const { positionals } = parseOptions(args, {});
    const codes = positionals.map(codeOf);
    host.stdout.write(codes.length === 0 ? list() : codes.map((code) => explain(code, toolsOf(walk))).join('\n'));
    return OK;
  },
};

function codeOf(word: string) {
  const known = FINDING_CODES.find((code) => code === word.toUpperCase());
  if (known !== undefined) return known;
  throw new UsageError(noSuch('code', word, FINDING_CODES, '`wayleave explain` lists them'));
}

function list(): string {
  const width = Math.max(...FINDING_CODES.map((code) => code.length));
  return FINDING_CODES.map((code) => `${code.padEnd(width)}  ${gist(code)}\n`).join('');
}
