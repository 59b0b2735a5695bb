import { judge, type Failure, type Judged } from '../proof/assertions/judge';
import { hasErrors } from '../spec/finding';
import { renderFindings, type Found } from '../spec/report';
import type { Command } from './command';
import { coloured, OK, USER_ERROR, UsageError } from './host';
import { noSuch } from './no-such';
import { parseOptions } from './options';
import { load, specFiles } from './specs';

interface Tested {
  readonly cluster: string;
  readonly judged: readonly Judged[];
}

const FORMATS: Readonly<Record<string, (tested: readonly Tested[]) => string>> = { text, json };

/** Holds what operators say of who reaches whom against what is written. */
export const testCommand: Command = {
  help: `usage: wayleave test [--format FORMAT] [CLUSTER…]

Holds the assertions of every spec, or of those named, against the network it gives: the rendered policies, and the
firewall of a node where one is called. Prints those that do not hold, with the rule that decides otherwise, and fails
if there are any. Writes nothing.

A spec has them under \`tests\`, a line each, FROM → TO[:PORT] and what is expected (-> does as well):

  honeydue/worker → redis:6379 yes        a workload, by its name alone where that is clear
  internet → traefik:443 yes              some address of the internet gets through; with no, none
  any pod → node:10250 no                 every pod, at every node
  * → neon:5432 only api, worker          these, and no other pod

FROM and TO are workloads, namespace/*, any pod, node, servers, agents, a node, a network, an outside party, cloudflare,
internet, an address, a prefix, or * for every pod and, where pods or nodes are called, the internet. PORT is the one that
is dialled: 443, 8000-8999, 53/udp, icmp; without one, anything at all counts. An assertion of which nothing in the cluster
can be asked does not hold.

  --format FORMAT  text (default) or json
  --help           this text
`,
  run(args, host, walk) {
    const { values, positionals } = parseOptions(args, { format: { type: 'string', default: 'text' } });
    const format = Object.hasOwn(FORMATS, values.format) ? FORMATS[values.format] : undefined;
    if (format === undefined) throw new UsageError(noSuch('format', values.format, Object.keys(FORMATS)));
    const found: Found[] = [];
    const tested: Tested[] = [];
    for (const path of specFiles(positionals, host)) {
      const loaded = load(path, host);
      if (loaded.value === undefined) {
        found.push({ findings: loaded.findings });
        continue;
      }
      const { plan, proof, findings, source } = walk(loaded.value, 'tree');
      if (hasErrors(findings)) found.push({ findings, source });
      // Only a cluster without pods has no proof; one whose spec has errors has none yet.
      if (plan === undefined || (proof === undefined && hasErrors(findings))) continue;
      tested.push({
        cluster: plan.spec.name,
        judged: plan.spec.tests.map((assertion) => judge(plan, proof?.world, assertion)),
      });
    }
    host.stdout.write(format(tested));
    host.stderr.write(renderFindings(found, coloured(host.stderr, host.env)));
    const fails = tested.some(({ judged }) => judged.some((one) => !holds(one)));
    return fails || found.length > 0 ? USER_ERROR : OK;
  },
};

function holds({ failures, unasked }: Judged): boolean {
  return failures.length === 0 && unasked === undefined;
}

function text(tested: readonly Tested[]): string {
  return tested.map(clusterText).join('\n');
}

function clusterText({ cluster, judged }: Tested): string {
  const failing = judged.filter((one) => !holds(one));
  const count = `${judged.length} assertion${judged.length === 1 ? '' : 's'}`;
  const head =
    failing.length === 0
      ? `${cluster}: ${judged.length === 0 ? 'no assertions' : `${count} ${judged.length === 1 ? 'holds' : 'hold'}`}`
      : `${cluster}: ${failing.length} of ${count} ${failing.length === 1 ? 'does' : 'do'} not hold`;
  return [head, ...failing.map(failureText)].map((part) => `${part}\n`).join('\n');
}

/** How many pairs are told in full. */
const MOST = 3;

function failureText({ assertion, pairs, failures, unasked }: Judged): string {
  const more = failures.length - MOST;
  return [
    `  ${assertion.text}`,
    ...(unasked === undefined ? [] : [`    asks nothing: ${unasked}`]),
    ...failures.slice(0, MOST).flatMap(pairLines),
    ...(more > 0 ? [`    and ${more} more of ${pairs} pairs`] : []),
  ].join('\n');
}

function pairLines({ from, to, passes, why }: Failure): string[] {
  return [
    `    ${from} → ${to} ${passes ? 'passes' : 'does not pass'}`,
    ...why.split('\n').map((line) => (line === '' ? '' : `      ${line}`)),
  ];
}

function json(tested: readonly Tested[]): string {
  const clusters = tested.map(({ cluster, judged }) => ({
    cluster,
    assertions: judged.map((one) => ({
      assertion: one.assertion.text,
      holds: holds(one),
      pairs: one.pairs,
      failures: one.failures,
      ...(one.unasked === undefined ? {} : { unasked: one.unasked }),
    })),
  }));
  return `${JSON.stringify(clusters, null, 2)}\n`;
}
