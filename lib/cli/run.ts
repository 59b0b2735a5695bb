import type { Command } from './command';
import { coloured, OK, OUR_FAULT, USER_ERROR, UsageError, type Host } from './host';
import { noSuch } from './no-such';
import type { Walk } from './walk';

/** A command by its name: it is loaded only when it is called, so that none pays for the others at its start. */
interface Entry {
  readonly name: string;
  /** One line for the list of commands. */
  readonly summary: string;
  readonly load: () => Promise<Command>;
}

const COMMANDS: readonly Entry[] = [
  {
    name: 'synth',
    summary: 'write the networks of all clusters, or of those named, into dist/',
    load: async () => (await import('./synth')).synthCommand,
  },
  {
    name: 'check',
    summary: 'say what is wrong with all clusters, or with those named, and write nothing',
    load: async () => (await import('./check')).checkCommand,
  },
  {
    name: 'plan',
    summary: 'show addresses, listeners, flows and capabilities of a cluster',
    load: async () => (await import('./plan')).planCommand,
  },
  {
    name: 'test',
    summary: 'hold the assertions of specs against the policies and firewalls they give',
    load: async () => (await import('./test')).testCommand,
  },
  {
    name: 'reach',
    summary: 'who reaches whom by the policies of a folder of manifests, and why',
    load: async () => (await import('./reach')).reachCommand,
  },
  {
    name: 'explain',
    summary: 'say what a finding means, with an example and the fix',
    load: async () => (await import('./explain')).explainCommand,
  },
  {
    name: 'docs',
    summary: 'write the documents that follow from the code (for those who work on Wayleave)',
    load: async () => (await import('./docs')).docsCommand,
  },
];

/** Runs one command. A user's mistake ends in a sentence and 1, a fault of ours in a sentence that says so and 2. */
export async function run(argv: readonly string[], host: Host, walk: Walk): Promise<number> {
  const [name, ...args] = argv;
  try {
    if (name === undefined || name === 'help' || name === '--help' || name === '-h') {
      host.stdout.write(args[0] === undefined ? usage() : (await commandOf(args[0])).help);
      return OK;
    }
    const command = await commandOf(name);
    if (args.includes('--help') || args.includes('-h')) {
      host.stdout.write(command.help);
      return OK;
    }
    return command.run(args, host, walk);
  } catch (error) {
    if (error instanceof UsageError) {
      host.stderr.write(`${red('error', host)} ${error.message}\n`);
      return USER_ERROR;
    }
    host.stderr.write(`${red('internal fault', host)} ${error instanceof Error ? error.message : String(error)}\n`);
    host.stderr.write('This is a fault in Wayleave, not in your spec.\n');
    if (host.env.WAYLEAVE_DEBUG && error instanceof Error) host.stderr.write(`${error.stack ?? error.message}\n`);
    else host.stderr.write('WAYLEAVE_DEBUG=1 shows where it happened.\n');
    return OUR_FAULT;
  }
}

/** @throws UsageError if there is none of that name */
async function commandOf(name: string): Promise<Command> {
  const entry = COMMANDS.find((one) => one.name === name);
  if (entry === undefined) throw new UsageError(unknown(name));
  return entry.load();
}

function red(text: string, host: Host): string {
  return coloured(host.stderr, host.env) ? `\u001b[31m${text}\u001b[0m` : `${text}:`;
}

function unknown(name: string): string {
  const names = COMMANDS.map((command) => command.name);
  return noSuch('command', name === '' ? 'without a name' : name, names);
}

function usage(): string {
  const width = Math.max(...COMMANDS.map((command) => command.name.length));
  const lines = COMMANDS.map((command) => `  ${command.name.padEnd(width)}  ${command.summary}`);
  return [
    'wayleave: the whole network of a K3s cluster from one typed description',
    '',
    'usage: wayleave COMMAND [OPTIONS] [CLUSTER…]',
    '',
    ...lines,
    '',
    'wayleave help COMMAND says more, wayleave --version which one this is.',
    'Exit codes: 0 done, 1 your input is at fault, 2 Wayleave is.',
    '',
  ].join('\n');
}
