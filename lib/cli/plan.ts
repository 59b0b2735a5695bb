import { readFileSync } from 'node:fs';
import { resolve } from 'node:path';
import { CLOUDFLARE_RANGES_AS_OF, comparePublished } from '../net/well-known-cloudflare';
import { AddressError } from '../net/error';
import { networkJson } from '../emit/network-json';
import { hasErrors } from '../spec/finding';
import { renderFindings, type Found } from '../spec/report';
import type { Command } from './command';
import { coloured, OK, USER_ERROR, UsageError, type Host } from './host';
import { parseOptions } from './options';
import { planTables } from './plan-tables';
import { load, specFiles } from './specs';
import type { Walk } from './walk';

/** Shows what a spec means, before anything is rendered. */
export const planCommand: Command = {
  help: `usage: wayleave plan [--json] [CLUSTER…]
       wayleave plan --cloudflare FILE

Prints the tables of a cluster's plan: addresses, listeners, flows, capabilities. Writes nothing.

  --json             the plan as JSON, as in network.json; with several clusters, a list of them
  --cloudflare FILE  compares Cloudflare's ranges as Wayleave knows them with a published list, one prefix a line
                     (https://www.cloudflare.com/ips-v4 and ips-v6, joined); exit 1 if they differ
  --help             this text
`,
  run(args, host, walk) {
    const { values, positionals } = parseOptions(args, { json: { type: 'boolean' }, cloudflare: { type: 'string' } });
    if (values.cloudflare !== undefined) return compareCloudflare(values.cloudflare, host);
    return showPlans(positionals, values.json === true, host, walk);
  },
};

function showPlans(wanted: readonly string[], json: boolean, host: Host, walk: Walk): number {
  const found: Found[] = [];
  const plans = specFiles(wanted, host).flatMap((path) => {
    const loaded = load(path, host);
    if (loaded.value === undefined) {
      found.push({ findings: loaded.findings });
      return [];
    }
    const { plan, findings, source } = walk(loaded.value, 'plan');
    found.push({ findings, source });
    return plan ?? [];
  });
  if (json) {
    const texts = plans.map(networkJson);
    const [only] = texts;
    host.stdout.write(
      only !== undefined && texts.length === 1 ? only : `[\n${texts.map((text) => text.trimEnd()).join(',\n')}\n]\n`,
    );
  } else {
    host.stdout.write(plans.map(planTables).join('\n'));
  }
  host.stderr.write(renderFindings(found, coloured(host.stderr, host.env)));
  return found.some(({ findings }) => hasErrors(findings)) ? USER_ERROR : OK;
}

function compareCloudflare(file: string, host: Host): number {
  let text: string;
  try {
    text = readFileSync(resolve(host.cwd, file), 'utf8');
  } catch {
    throw new UsageError(`cannot read ${file}; save the published list there first`);
  }
  try {
    const { missing, extra } = comparePublished(text);
    if (missing.isEmpty && extra.isEmpty) {
      host.stdout.write(`Cloudflare's ranges are as published (read ${CLOUDFLARE_RANGES_AS_OF})\n`);
      return OK;
    }
    if (!missing.isEmpty) host.stdout.write(`published, and not known here: ${missing}\n`);
    if (!extra.isEmpty) host.stdout.write(`known here, and no longer published: ${extra}\n`);
    host.stdout.write(
      `Wayleave's list was read ${CLOUDFLARE_RANGES_AS_OF}; it stands in lib/net/well-known-cloudflare.ts\n`,
    );
    return USER_ERROR;
  } catch (error) {
    if (error instanceof AddressError) throw new UsageError(`${file}: ${error.message}`);
    throw error;
  }
}
