import { lstatSync, mkdirSync, symlinkSync, unlinkSync } from 'node:fs';
import { dirname, relative, resolve, sep } from 'node:path';
import { codeOf } from '../emit/disk';
import { Output, type Counts } from '../emit/write';
import { hasErrors, type Finding } from '../spec/finding';
import { renderFindings, type Found } from '../spec/report';
import type { SpecSource } from '../spec/source';
import type { Command } from './command';
import { coloured, OK, USER_ERROR, UsageError, type Host } from './host';
import { parseOptions } from './options';
import { Progress } from './progress';
import { load, specFiles } from './specs';
import type { Walk } from './walk';

/** Writes the output of every cluster, or of those named. */
export const synthCommand: Command = {
  help: `usage: wayleave synth [--output DIR] [CLUSTER…]

Reads clusters/*.ts and clusters/*.yaml, or the clusters or spec files named, and writes the network of each
to DIR/<cluster>/. Nothing is written if any of them has an error. A file that is no longer generated is removed
if the run before wrote it; a file changed by hand is reported.

  --output DIR  where to write (default: dist)
  --help        this text
`,
  run(args, host, walk) {
    const { values, positionals } = parseOptions(args, { output: { type: 'string', default: 'dist' } });
    if (values.output === '') throw new UsageError('--output names no folder');
    refuseLinkInside(resolve(host.cwd, values.output), host);
    const files = specFiles(positionals, host);
    const output = new Output(resolve(host.cwd, values.output));
    const found = laidReady(files, positionals.length === 0, output, host, walk);
    if (found.some(({ findings }) => hasErrors(findings))) {
      output.abort();
      host.stderr.write(renderFindings(found, coloured(host.stderr, host.env)));
      host.stderr.write(`nothing was written to ${values.output}/\n`);
      return USER_ERROR;
    }
    const { counts, blockage } = committed(output);
    const all = blockage === undefined ? found : [...found, { findings: [blockage] }];
    host.stderr.write(renderFindings(all, coloured(host.stderr, host.env)));
    if (counts === undefined) {
      host.stderr.write(`${values.output}/ is written in part; the next run completes it\n`);
      return USER_ERROR;
    }
    const { written, removed, unchanged } = counts;
    const noun = written === 1 ? 'file' : 'files';
    host.stdout.write(`${values.output}/: ${written} ${noun} written, ${removed} removed, ${unchanged} unchanged\n`);
    linkForCdk8s(resolve(host.cwd, values.output), host);
    return OK;
  },
};

/** Puts everything in its place, or says what kept the disk from taking all of it. */
function committed(output: Output): { counts?: Readonly<Counts>; blockage?: Finding } {
  try {
    return { counts: output.commit() };
  } catch (error) {
    const blockage = output.blockage(error);
    if (blockage === undefined) throw error;
    return { blockage };
  }
}

/** Everything that is to change, laid ready beside the output, and all that was found on the way. */
function laidReady(files: readonly string[], all: boolean, output: Output, host: Host, walk: Walk): readonly Found[] {
  try {
    const { found, names } = stageAll(files, output, host, walk);
    // Only a run of all clusters, each of them read, knows which of them are gone.
    if (!all || names.size < files.length) return found;
    return [...found, { findings: output.removeOthers([...names.keys()]) }];
  } catch (error) {
    output.abort();
    throw error;
  }
}

/** Walks every spec and lays its files ready; after the first error only to find the others. */
function stageAll(files: readonly string[], output: Output, host: Host, walk: Walk) {
  const found: Found[] = [];
  const names = new Map<string, string>();
  const progress = new Progress(host.stderr, files.length);
  for (const [i, path] of files.entries()) {
    const loaded = load(path, host);
    const mayStage = !found.some(({ findings }) => hasErrors(findings));
    const one =
      loaded.value === undefined
        ? { findings: loaded.findings }
        : stageOne(loaded.value, names, output, walk, mayStage);
    // A source of which there is nothing to say must not stay in memory: a fleet has thousands.
    if (one.findings.length > 0) found.push(one);
    progress.step(i + 1, path);
  }
  progress.end();
  return { found, names };
}

function stageOne(
  source: SpecSource,
  names: Map<string, string>,
  output: Output,
  walk: Walk,
  mayStage: boolean,
): Found {
  const walked = walk(source, 'tree');
  const findings: Finding[] = [...walked.findings, ...nameTaken(source, names)];
  if (mayStage && !hasErrors(findings) && walked.tree !== undefined && walked.plan !== undefined) {
    findings.push(...output.stage(walked.plan.spec.name, walked.tree));
  }
  return { findings, source };
}

/** Two specs of one name would write into one folder. */
export function nameTaken(source: SpecSource, names: Map<string, string>): Finding[] {
  const name = (source.raw as { name?: unknown } | null)?.name;
  if (typeof name !== 'string') return [];
  const other = names.get(name);
  names.set(name, source.file);
  if (other === undefined) return [];
  return [
    {
      code: 'CLUSTER_TWICE',
      severity: 'error',
      at: [['name']],
      message: `${other} and ${source.file} both describe a cluster named ${name}`,
      fix: 'another name for one of them',
    },
  ];
}

/** What lies in the output is Wayleave's, and a link there to the folder around it would lead in a circle. */
function refuseLinkInside(output: string, host: Host): void {
  const wanted = host.env.CDK8S_OUTDIR ?? '';
  if (wanted === '' || !resolve(host.cwd, wanted).startsWith(output + sep)) return;
  throw new UsageError(`CDK8S_OUTDIR is ${wanted}, inside the output itself; set \`output: .synth\` in cdk8s.yaml`);
}

/**
 * `cdk8s synth` empties its output folder before it calls us, which would lose the last good tree when we fail.
 * So it is given a folder of its own, and finds there a link to ours once all is well.
 */
function linkForCdk8s(output: string, host: Host): void {
  const wanted = host.env.CDK8S_OUTDIR;
  if (wanted === undefined || wanted === '') return;
  const link = resolve(host.cwd, wanted);
  if (link === output) return;
  try {
    if (lstatSync(link, { throwIfNoEntry: false })?.isSymbolicLink()) unlinkSync(link);
    if (lstatSync(link, { throwIfNoEntry: false }) !== undefined) return;
    mkdirSync(dirname(link), { recursive: true });
    symlinkSync(relative(dirname(link), output), link);
  } catch (error) {
    if (codeOf(error) === undefined) throw error;
    throw new UsageError(`no link for cdk8s can be made at ${wanted} (CDK8S_OUTDIR); the output itself is written`);
  }
}
