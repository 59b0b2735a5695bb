import type { Bound } from '../../components/component';
import { VERSIONS } from '../../components/versions';
import { addressOf, selectNodes, startOrder } from '../../plan/nodes';
import type { Plan } from '../../plan/plan';
import { wayOut } from '../../plan/way-out';
import { runsK3s } from '../../spec/orchestrator';
import { compareText } from '../../text/compare';
import { list } from '../../text/list';
import { code, fenced, heading } from '../../text/markdown';
import { firstSecrets } from './first-secrets';
import { linkSizes } from './link-sizes';

/** From bare machines to a cluster: every command, on which machine, in which order. */
export function firstStart(plan: Plan, parts: readonly Bound[]): string[] {
  const sizes = linkSizes(plan);
  return [
    heading(3, 'First start, command by command'),
    `For machines that run Debian or Ubuntu and have never run ${engines(plan)}. ${code('LOGIN')} is a user there who may use ${code('sudo')}. On your own machine, in the folder of this file:`,
    fenced('sh', carry(plan)),
    ...asides(plan, 'first-start'),
    heading(4, 'Packages, settings, firewall, files'),
    'On every node:',
    fenced('sh', [...prepare(plan), ...sizes.commands]),
    ...sizes.text,
    ...asides(plan, 'first-services'),
    ...(runsK3s(plan.spec)
      ? [heading(4, 'K3s, one node at a time'), ...servers(plan, parts), ...agents(plan), ...delivery(plan)]
      : []),
  ];
}

/** What components say of one step, under headings of its own. */
function asides({ notes }: Plan, step: 'first-start' | 'first-services' | 'first-server'): string[] {
  return notes.filter(({ section }) => section === step).flatMap(({ title, text }) => [heading(4, title), text]);
}

function engines({ spec }: Plan): string {
  return list([...(runsK3s(spec) ? ['K3s'] : []), ...(spec.swarm === undefined ? [] : ['Docker'])], 'or');
}

function bootstraps(parts: readonly Bound[]): boolean {
  return parts.some(({ bootstrap }) => bootstrap !== undefined);
}

/** The address by which an operator reaches a node: where it has one, that on the way out. */
function login({ spec }: Plan, node: string): string {
  const out = wayOut(spec);
  const network = (spec.nodes[node]?.addresses[out]?.length ?? 0) > 0 ? out : spec.k3s.nodeNetwork;
  return `LOGIN@${String(addressOf(spec, node, network))}`;
}

function carry(plan: Plan): string[] {
  const { tokenFile } = plan.spec.k3s;
  const withToken = runsK3s(plan.spec);
  return [
    ...(withToken
      ? [
          '# the token with which nodes join; keep it where your passwords are',
          '(umask 077; openssl rand -hex 32 > token)',
        ]
      : []),
    ...startOrder(plan.spec).flatMap((node) => [
      `# ${node}`,
      // Onto a folder that is there already, scp would copy into it and leave the files of last time in place.
      `ssh ${login(plan, node)} rm -rf wayleave host-setup`,
      `scp -rp hosts/${node} ${login(plan, node)}:wayleave`,
      `scp -rp ../../host-setup ${login(plan, node)}:`,
      ...(withToken
        ? [`ssh ${login(plan, node)} 'sudo install -D -m 0600 -o root -g root /dev/stdin ${tokenFile}' < token`]
        : []),
    ]),
    ...(withToken ? ['rm token'] : []),
  ];
}

/** How the script is called on a node, to which it was carried beside the node's folder. */
const SETUP = 'sudo host-setup/host-setup.sh';

/** The node's own part, which needs nobody else: see docs/guide/hosts.md. */
function prepare({ spec }: Plan): string[] {
  return [
    '# what would change; nothing does',
    `${SETUP} plan wayleave`,
    `# packages, kernel modules and settings, tunnels, firewall, files of ${runsK3s(spec) ? 'K3s' : 'Docker'}`,
    `${SETUP} apply wayleave --install`,
    ...(spec.firewall.kind === 'none'
      ? []
      : ['# within 60 seconds, from a second SSH session; or the former firewall comes back', `${SETUP} confirm`]),
    '# the machine against its files',
    `${SETUP} verify wayleave`,
  ];
}

function install({ spec }: Plan, role: 'server' | 'agent'): string {
  return `curl -sfL https://get.k3s.io | INSTALL_K3S_VERSION=${spec.k3s.version ?? VERSIONS.k3s} sh -s - ${role}`;
}

function servers(plan: Plan, parts: readonly Bound[]): string[] {
  const { spec } = plan;
  const [first = '', ...others] = startOrder(spec).filter((name) => spec.nodes[name]?.role === 'server');
  const lines = [install(plan, 'server'), 'sudo k3s kubectl get nodes --watch   # until it is Ready'];
  return [
    `${code(first)} first: it starts the cluster${bootstraps(parts) ? ', and applies what its folder brought along for that' : ''}.`,
    fenced('sh', lines),
    ...firstSecrets(plan),
    ...asides(plan, 'first-server'),
    ...(others.length > 0 && hasAsides(plan) ? [heading(4, 'The other servers')] : []),
    ...(others.length > 0
      ? [
          `Then, one after the other and each until it is Ready, ${list(others.map(code))}:`,
          fenced('sh', [install(plan, 'server'), 'sudo k3s kubectl get nodes --watch   # until it is Ready']),
        ]
      : []),
  ];
}

/** What stands between the first server and the others. */
function hasAsides({ secrets, notes }: Plan): boolean {
  return secrets.length > 0 || notes.some(({ section }) => section === 'first-server');
}

function agents(plan: Plan): string[] {
  const names = selectNodes(plan.spec, 'agents');
  return names.length === 0
    ? []
    : [`Then the agents, ${list(names.map(code))}:`, fenced('sh', [install(plan, 'agent')])];
}

/** What comes after K3s: pulled, or applied by hand in the order in which components need each other. */
function delivery({ spec, delivered, waves }: Plan): string[] {
  if (spec.gitops !== undefined)
    return [
      `Argo CD then pulls everything else, so the repository must hold it at ${code(spec.gitops.revision)} by then.`,
    ];
  const order = [...delivered].sort((a, b) => (waves.get(a) ?? 0) - (waves.get(b) ?? 0) || compareText(a, b));
  if (order.length === 0) return [];
  return [
    'Then apply the rest, in this order; what is refused because its kind is not known yet goes through when applied again:',
    fenced(
      'sh',
      order.map((name) => `kubectl apply --server-side -f ${name}/`),
    ),
  ];
}
