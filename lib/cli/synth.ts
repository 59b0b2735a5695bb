import { resolve } from 'node:path';
import { Output, type Counts } from '../emit/write';
import { hasErrors, type Finding } from '../spec/finding';
import { renderFindings, type Found } from '../spec/report';
import type { SpecSource } from '../spec/source';
import { isReportedByPlugin, linkForCdk8s, refuseLinkInside } from './cdk8s';
import type { Command } from './command';
import { coloured, OK, USER_ERROR, UsageError, type Host } from './host';
import { parseOptions } from './options';
import { Progress } from './progress';
import { load, specFiles } from './specs';
import { Survey } from './survey';
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
      // The plugin checks every cluster, and compares with dist/.
      const isChecked = positionals.length === 0 && values.output === 'dist' && !isBlocked(found);
      if (isChecked && isReportedByPlugin(host)) {
        host.stderr.write(`nothing was written to ${values.output}/; the validation report says why\n`);
        linkForCdk8s(resolve(host.cwd, values.output), host);
        return OK;
      }
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

/** Whether the disk is in the way, of which a check knows nothing. */
function isBlocked(found: readonly Found[]): boolean {
  return found.some(({ findings }) => findings.some(({ code }) => code === 'OUTPUT_BLOCKED'));
}

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
    const { found, clusters } = stageAll(files, all, output, host, walk);
    // Only a run of all clusters, each of them read, knows which of them are gone.
    if (!all || clusters.length < files.length) return found;
    return [...found, { findings: output.removeOthers(clusters) }];
  } catch (error) {
    output.abort();
    throw error;
  }
}

/** Walks every spec and lays its files ready; after the first error only to find the others. */
function stageAll(files: readonly string[], all: boolean, output: Output, host: Host, walk: Walk) {
  const found: Found[] = [];
  const survey = new Survey(walk, {
    reread: (file) => load(resolve(host.cwd, file), host).value,
    former: (cluster) => output.former(cluster),
  });
  const progress = new Progress(host.stderr, files.length);
  for (const [i, path] of files.entries()) {
    const loaded = load(path, host);
    const mayStage = !found.some(({ findings }) => hasErrors(findings));
    const one =
      loaded.value === undefined ? { findings: loaded.findings } : stageOne(loaded.value, survey, output, mayStage);
    // A source of which there is nothing to say must not stay in memory: a fleet has thousands.
    if (one.findings.length > 0) found.push(one);
    progress.step(i + 1, path);
  }
  progress.end();
  return { found: [...found, ...survey.finish(all)], clusters: survey.clusters };
}

function stageOne(source: SpecSource, survey: Survey, output: Output, mayStage: boolean): Found {
  const { plan, tree, findings } = survey.add(source);
  if (!mayStage || hasErrors(findings) || tree === undefined || plan === undefined) return { findings, source };
  return { findings: [...findings, ...output.stage(plan.spec.name, tree)], source };
}
