import { existsSync, lstatSync, mkdirSync, readFileSync, symlinkSync, unlinkSync } from 'node:fs';
import { dirname, join, relative, resolve, sep } from 'node:path';
import { parse } from 'yaml';
import { codeOf } from '../text/error-code';
import { member } from '../spec/walk';
import { UsageError, type Host } from './host';

/** The plugin's class, as cdk8s.yaml names it. */
const PLUGIN = 'WayleaveValidation';

/**
 * Whether `cdk8s synth` runs us and will ask the plugin afterwards, which finds what we find and says it in cdk8s's own
 * form. An app that fails keeps cdk8s from asking any plugin.
 * Source: cdk8s-cli, synth.ts and util.ts: metadata is wanted where plugins are to run.
 */
export function isReportedByPlugin(host: Host): boolean {
  const { CDK8S_OUTDIR: wanted, CDK8S_RECORD_CONSTRUCT_METADATA: metadata } = host.env;
  if (wanted === undefined || wanted === '' || metadata !== 'true') return false;
  try {
    const validations = member(parse(readFileSync(join(host.cwd, 'cdk8s.yaml'), 'utf8')), 'validations');
    return Array.isArray(validations) && validations.some((one: unknown) => member(one, 'class') === PLUGIN);
  } catch {
    // Without a file that can be read nobody else will say it.
    return false;
  }
}

/** What lies in the output is Wayleave's, and a link there to the folder around it would lead in a circle. */
export function refuseLinkInside(output: string, host: Host): void {
  const wanted = host.env.CDK8S_OUTDIR ?? '';
  if (wanted === '' || !resolve(host.cwd, wanted).startsWith(output + sep)) return;
  throw new UsageError(`CDK8S_OUTDIR is ${wanted}, inside the output itself; set \`output: .synth\` in cdk8s.yaml`);
}

/**
 * `cdk8s synth` empties its output folder before it calls us, which would lose the last good tree when we fail.
 * So it is given a folder of its own, and finds there a link to ours.
 */
export function linkForCdk8s(output: string, host: Host): void {
  const wanted = host.env.CDK8S_OUTDIR;
  if (wanted === undefined || wanted === '') return;
  const link = resolve(host.cwd, wanted);
  if (link === output) return;
  try {
    if (lstatSync(link, { throwIfNoEntry: false })?.isSymbolicLink()) unlinkSync(link);
    if (lstatSync(link, { throwIfNoEntry: false }) !== undefined) return;
    mkdirSync(dirname(link), { recursive: true });
    // Nothing was ever written: an empty folder is what cdk8s looks for.
    if (existsSync(output)) symlinkSync(relative(dirname(link), output), link);
    else mkdirSync(link);
  } catch (error) {
    if (codeOf(error) === undefined) throw error;
    throw new UsageError(`no link for cdk8s can be made at ${wanted} (CDK8S_OUTDIR); the output itself is written`);
  }
}
