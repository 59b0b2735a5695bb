import type { Bound } from '../components/component';
import * as words from '../emit/document/words';
import { printCapability } from '../plan/capability';
import { printSelector } from '../plan/endpoint';
import { printPort } from '../plan/flow';
import type { K3sFlag } from '../plan/host-needs';
import { boundPort } from '../plan/listener';
import type { Cluster } from '../spec/cluster';
import { compareText } from '../text/compare';
import { code, text } from '../text/markdown';
import { section } from './section';

/** What a component declares on a sample, a table each; what it does not declare is left out. */
export function declarations(part: Bound, spec: Cluster): string {
  return [
    section(
      'Provides',
      ['Capability', 'If it fails'],
      part.provides().map((one) => [code(printCapability(one)), words.stated(one.failure)]),
    ),
    section('Requires', ['Capability'], unique(part.requires().map((one) => [code(printCapability(one))]))),
    section(
      'Claims',
      ['Addresses', 'On', 'For', 'From'],
      part
        .claims()
        .map((one) => [
          words.addresses(one.addresses),
          words.network(one.network),
          `${text(one.owner)}: ${text(one.purpose)}`,
          words.path(one.source),
        ]),
    ),
    section('Listeners', ['Port', 'Serves', 'On', 'Binds'], part.listeners().map(listener)),
    section(
      'Flows',
      ['From', 'To', 'Port', 'Over', 'Protected by', 'Why'],
      part
        .flows()
        .map((one) => [
          words.endpoint(one.from),
          words.endpoint(one.to),
          code(printPort(one)),
          words.network(one.over),
          text(one.encryptedBy ?? '–'),
          words.stated(one.reason),
        ]),
    ),
    section(
      'Services with addresses of their own',
      ['Service', 'Ports', 'Addresses', 'externalTrafficPolicy'],
      part
        .loadBalancers()
        .map((one) => [
          code(one.name),
          one.ports.map(({ service, protocol }) => code(`${service}/${protocol}`)).join(', '),
          one.addresses === undefined ? 'any of the pool' : words.addresses(one.addresses),
          code(one.externalTrafficPolicy),
        ]),
    ),
    section('Chart', ['Release', 'Chart', 'Version', 'Repository', 'Installed'], chart(part, spec)),
    section(
      'Secrets that must exist',
      ['Secret', 'Keys', 'For'],
      part
        .secrets()
        .map((one) => [code(`${one.namespace}/${one.name}`), one.keys.map(code).join(', '), text(one.purpose)]),
    ),
    section(
      'MTU',
      ['Device', 'On', 'Sum'],
      part.mtu().map((one) => [text(one.device), text(one.on), text(one.sum.toString())]),
    ),
    section('K3s flags', ['Flag', 'Value', 'On', 'Why'], flags(part, spec)),
  ]
    .filter((one) => one !== '')
    .join('\n\n');
}

function listener({ ports, protocol, purpose, on, bind, runAsUser }: ReturnType<Bound['listeners']>[number]): string[] {
  const port = boundPort({ ports });
  const user = runAsUser === undefined || runAsUser === 0 ? '' : ` (user ${runAsUser})`;
  return [
    code(`${port}/${protocol}`),
    text(purpose) + user,
    'nodes' in on ? printSelector(on.nodes) : `pods ${code(on.workload)}`,
    bind === 'all' ? 'every address' : bind === 'loopback' ? 'loopback' : `addresses on ${code(bind)}`,
  ];
}

function chart(part: Bound, spec: Cluster): string[][] {
  const release = part.helm();
  if (release === undefined) return [];
  const first = release.bootstrap !== undefined || spec.gitops === undefined;
  const by = [...(first ? ['K3s'] : []), ...(spec.gitops === undefined ? [] : [words.product('argocd')])].join(
    ', then ',
  );
  return [
    [
      code(`${release.namespace}/${release.name}`),
      code(release.chart),
      code(release.version),
      text(release.repository),
      `by ${by}`,
    ],
  ];
}

/** Flags of all nodes, each once for the nodes that have it with that value. */
function flags(part: Bound, spec: Cluster): string[][] {
  const nodes = Object.keys(spec.nodes);
  const found = new Map<string, { flag: K3sFlag; on: string[] }>();
  for (const node of nodes) {
    for (const flag of part.k3s(node)) {
      const key = JSON.stringify([flag.name, flag.value, flag.reason]);
      const known = found.get(key) ?? { flag, on: [] };
      known.on.push(node);
      found.set(key, known);
    }
  }
  return [...found.values()]
    .sort((a, b) => compareText(a.flag.name, b.flag.name))
    .map(({ flag, on }) => [
      code(flag.name),
      [flag.value]
        .flat()
        .map((value) => code(String(value)))
        .join(', '),
      on.length === nodes.length ? 'every node' : on.map(code).join(', '),
      text(flag.reason),
    ]);
}

function unique(rows: readonly string[][]): string[][] {
  return [...new Map(rows.map((row) => [row.join(' '), row])).values()];
}
