import { resolve } from 'node:path';
import { renderFindings, type Found } from '../spec/report';
import { former } from './against';
import type { Command } from './command';
import { githubFormat } from './formats/github';
import { jsonFormat } from './formats/json';
import { placed } from './formats/placed';
import { sarifFormat } from './formats/sarif';
import { coloured, OK, USER_ERROR, UsageError, type Host } from './host';
import { noSuch } from './no-such';
import { parseOptions } from './options';
import { load, specFiles } from './specs';
import { Survey } from './survey';
import type { Walk } from './walk';

const FORMATS = ['text', 'json', 'github', 'sarif'] as const;
type Format = (typeof FORMATS)[number];

/** Says what is wrong with every cluster, and writes nothing. */
export const checkCommand: Command = {
  help: `usage: wayleave check [--format FORMAT] [--strict] [--notices] [--against TREE] [CLUSTER…]

Reads clusters/*.ts and clusters/*.yaml, or the clusters or spec files named, and prints everything that is wrong or
doubtful about them: what synth would refuse, and what it would warn of. Writes nothing.

  --format FORMAT  text    for a person (default)
                   json    for a program
                   github  annotations for GitHub Actions
                   sarif   SARIF 2.1.0, for code scanning
  --strict         exit 1 on warnings, too
  --notices        also what is no fault and worth knowing, such as what a policy engine cannot say as narrowly as declared
  --against TREE   what the change is compared with, to find what cannot change in place: a folder such as dist
                   (default), or git:REF, which is dist/ at a commit of the repository around (git:origin/main)
  --help           this text

Exit 1 if there is an error. wayleave explain CODE says more about a finding; docs/guide/checks.md shows check in CI.
`,
  run(args, host, walk) {
    const { values, positionals } = parseOptions(args, {
      format: { type: 'string', default: 'text' },
      strict: { type: 'boolean', default: false },
      notices: { type: 'boolean', default: false },
      against: { type: 'string' },
    });
    const format = formatOf(values.format);
    const files = specFiles(positionals, host);
    const { found, clusters } = survey(files, positionals.length === 0, values, host, walk);
    host.stdout.write(print(format, found, clusters, files.length, host));
    const findings = found.flatMap((one) => one.findings);
    const isBad = findings.some(({ severity }) => severity === 'error' || (values.strict && severity === 'warning'));
    return isBad ? USER_ERROR : OK;
  },
};

function formatOf(word: string): Format {
  const format = FORMATS.find((one) => one === word);
  if (format !== undefined) return format;
  throw new UsageError(noSuch('format', word, FORMATS));
}

interface Wanted {
  readonly notices: boolean;
  readonly against?: string | undefined;
}

function survey(files: readonly string[], isWhole: boolean, { notices, against }: Wanted, host: Host, walk: Walk) {
  const found: Found[] = [];
  const one = new Survey(walk, {
    reread: (file) => load(resolve(host.cwd, file), host).value,
    former: former(against ?? 'dist', host.cwd),
    judgesUpgrades: against !== undefined,
  });
  for (const path of files) {
    const { value: source, findings } = load(path, host);
    if (source === undefined) found.push({ findings });
    else {
      const walked = one.add(source);
      const all = [...walked.findings, ...(notices ? (walked.notices ?? []) : [])];
      if (all.length > 0) found.push({ findings: all, source });
    }
  }
  return { found: [...found, ...one.finish(isWhole)], clusters: one.clusters };
}

function print(
  format: Format,
  found: readonly Found[],
  clusters: readonly string[],
  fileCount: number,
  host: Host,
): string {
  switch (format) {
    case 'json':
      return jsonFormat(placed(found), clusters);
    case 'github':
      return githubFormat(placed(found));
    case 'sarif':
      return sarifFormat(placed(found));
    case 'text':
      return found.length === 0
        ? `${fileCount} ${fileCount === 1 ? 'cluster' : 'clusters'}: nothing to say\n`
        : `${renderFindings(found, coloured(host.stdout, host.env), { notices: true })}wayleave explain CODE says more about each\n`;
  }
}
