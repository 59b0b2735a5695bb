import { resolve } from 'node:path';
import { codeOf } from '../text/error-code';
import { AddressError } from '../net/error';
import { AddressSet } from '../net/address-set';
import { connections } from '../reach/connections';
import { connlist } from '../reach/connlist';
import { ENGINES, type Engine } from '../reach/engine';
import { explain } from '../reach/explain';
import { explanationText } from '../reach/explanation-text';
import { findEndpoints, UnknownEndpoint } from '../reach/find-endpoint';
import { readFolder } from '../reach/folder';
import { FORMATS } from '../reach/formats/formats';
import { parseTraffic } from '../reach/port-text';
import { Reach } from '../reach/reach';
import { readWorld } from '../reach/world';
import { hasErrors } from '../spec/finding';
import { renderFindings } from '../spec/report';
import type { Command } from './command';
import { coloured, OK, USER_ERROR, UsageError, type Host } from './host';
import { noSuch } from './no-such';
import { parseOptions } from './options';
import { REACH_HELP } from './reach-help';

const OPTIONS = {
  format: { type: 'string', default: 'text' },
  from: { type: 'string' },
  to: { type: 'string' },
  port: { type: 'string' },
  engine: { type: 'string' },
  'pod-range': { type: 'string' },
  explain: { type: 'boolean' },
} as const;

type Values = ReturnType<typeof parseOptions<typeof OPTIONS>>['values'];

/** Reads a tree of manifests and says who reaches whom in it. */
export const reachCommand: Command = {
  help: REACH_HELP,
  run(args, host) {
    const { values, positionals } = parseOptions(args, OPTIONS);
    const [folder, ...words] = positionals;
    if (folder === undefined) throw new UsageError('name the folder of manifests: wayleave reach DIR');
    const [extra] = words;
    if (extra !== undefined && values.explain !== true)
      throw new UsageError(`one folder at a time; ${extra} is one too many`);
    const { world, findings } = readWorld(filesOf(folder, host));
    try {
      host.stdout.write(
        values.format === 'connlist' ? connlist(world) : answer(new Reach(world, optionsOf(values)), values, words),
      );
    } catch (error) {
      if (error instanceof UnknownEndpoint && world.workloads.length === 0)
        throw new UsageError(`${error.message}: ${withoutPods(folder)}`);
      if (error instanceof UnknownEndpoint || error instanceof AddressError) throw new UsageError(error.message);
      throw error;
    }
    if (world.workloads.length === 0) host.stderr.write(`${withoutPods(folder)}\n\n`);
    host.stderr.write(renderFindings([{ findings }], coloured(host.stderr, host.env)));
    return hasErrors(findings) ? USER_ERROR : OK;
  },
};

/** Policies name nobody by themselves: an answer without pods is empty, and that is not the one that was asked for. */
function withoutPods(folder: string): string {
  return (
    `there are no pods below ${folder}, nor what makes any (Deployment, DaemonSet, …), so policies there are about nobody. ` +
    'Put the manifests of the workloads beside them; of a cluster that Wayleave wrote, NETWORK.md says who reaches whom'
  );
}

function filesOf(folder: string, host: Host) {
  try {
    return readFolder(resolve(host.cwd, folder), folder);
  } catch (error) {
    const code = codeOf(error);
    if (code === 'ENOENT' || code === 'ENOTDIR') throw new UsageError(`there is no folder ${folder}`);
    if (code === 'EACCES') throw new UsageError(`${folder} may not be read by this user`);
    if (code === 'ELOOP') throw new UsageError(`${folder} is a link that leads in a circle`);
    throw error;
  }
}

function optionsOf(values: Values) {
  const { engine, 'pod-range': podRange } = values;
  if (engine !== undefined && !isEngine(engine)) throw new UsageError(noSuch('engine', engine, ENGINES));
  return {
    ...(engine === undefined ? {} : { engine }),
    ...(podRange === undefined ? {} : { podRanges: AddressSet.parse(podRange) }),
  };
}

function isEngine(text: string): text is Engine {
  return (ENGINES as readonly string[]).includes(text);
}

function answer(reach: Reach, values: Values, words: readonly string[]): string {
  if (values.explain === true) return explanations(reach, words);
  const format = Object.hasOwn(FORMATS, values.format) ? FORMATS[values.format] : undefined;
  if (format === undefined)
    throw new UsageError(noSuch('format', values.format, [...Object.keys(FORMATS), 'connlist']));
  return format(
    connections(reach, {
      ...(values.from === undefined ? {} : { from: findEndpoints(reach, values.from, 'ingress') }),
      ...(values.to === undefined ? {} : { to: findEndpoints(reach, values.to, 'egress') }),
      ...(values.port === undefined ? {} : { traffic: parseTraffic(values.port) }),
    }),
  );
}

function explanations(reach: Reach, words: readonly string[]): string {
  const [from, to, port, ...more] = words;
  if (from === undefined || to === undefined || more.length > 0)
    throw new UsageError('--explain takes FROM, TO and, if you like, PORT');
  const asked = port === undefined ? undefined : parseTraffic(port);
  const texts = findEndpoints(reach, from, 'ingress').flatMap((source) =>
    findEndpoints(reach, to, 'egress').map((destination) =>
      explanationText(explain(reach, source, destination, asked)),
    ),
  );
  return texts.join('\n');
}
