import type { Bound } from '../../components/component';
import { VERSIONS } from '../../components/versions';
import type { HostNeeds } from '../../plan/host-needs';
import { addressOf, initServer, selectNodes, startOrder } from '../../plan/nodes';
import type { Plan } from '../../plan/plan';
import { wayOut } from '../../plan/way-out';
import { compareText } from '../../text/compare';
import { code, fenced, heading } from '../../text/markdown';
import { firstSecrets } from './first-secrets';
import { linkSizes } from './link-sizes';
import { list } from './words';

/** What K3s applies when a server starts. Source: K3s documentation, auto-deploying manifests. */
const MANIFESTS = '/var/lib/rancher/k3s/server/manifests';

/** From bare machines to a cluster: every command, on which machine, in which order. */
export function firstStart(plan: Plan, parts: readonly Bound[]): string[] {
  const needs = Object.keys(plan.spec.nodes).flatMap((node) => parts.map((part) => part.host(plan, node)));
  const sizes = linkSizes(plan);
  return [
    heading(3, 'First start, command by command'),
    `For machines that run Debian or Ubuntu and have never run K3s. ${code('LOGIN')} is a user there who may use ${code('sudo')}. On your own machine, in the folder of this file:`,
    fenced('sh', carry(plan, parts)),
    'On every node:',
    fenced('sh', [...prepare(needs), ...units(plan, needs), ...sizes.commands]),
    ...sizes.text,
    ...plan.notes
      .filter(({ section }) => section === 'first-start')
      .flatMap(({ title, text }) => [heading(4, title), text]),
    heading(4, 'K3s, one node at a time'),
    ...servers(plan, parts),
    ...agents(plan),
    ...delivery(plan),
  ];
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

function carry(plan: Plan, parts: readonly Bound[]): string[] {
  const { tokenFile } = plan.spec.k3s;
  const first = initServer(plan.spec);
  return [
    '# the token with which nodes join; keep it where your passwords are',
    '(umask 077; openssl rand -hex 32 > token)',
    ...startOrder(plan.spec).flatMap((node) => [
      `# ${node}`,
      // Onto a folder that is there already, scp would copy into it and leave the files of last time in place.
      `ssh ${login(plan, node)} rm -rf wayleave`,
      `scp -rp hosts/${node} ${login(plan, node)}:wayleave`,
      `ssh ${login(plan, node)} 'sudo install -D -m 0600 -o root -g root /dev/stdin ${tokenFile}' < token`,
    ]),
    ...(bootstraps(parts)
      ? [`# what K3s applies first, to ${first} alone`, `scp -rp bootstrap ${login(plan, first)}:wayleave/`]
      : []),
    'rm token',
  ];
}

function prepare(needs: readonly HostNeeds[]): string[] {
  const files = needs.flatMap((need) => need.files ?? []);
  const wants = (kind: 'packages' | 'modules' | 'sysctls') => needs.some((need) => (need[kind]?.length ?? 0) > 0);
  const folders = [
    ...files.map(({ path }) => path.split('/')[1] ?? ''),
    ...(wants('modules') || wants('sysctls') ? ['etc'] : []),
  ];
  const programs = files.filter(({ content }) => content.startsWith('#!')).map(({ path }) => path);
  return [
    ...(wants('packages')
      ? [
          '# packages come first, since some bring files of their own where those of Wayleave go',
          'sudo apt-get update',
          "sed 's/ *#.*//' wayleave/packages.txt | xargs sudo apt-get install -y",
        ]
      : []),
    '# the files, which then belong to root',
    ...[...new Set(folders)].sort(compareText).map((folder) => `sudo cp -r wayleave/${folder}/. /${folder}/`),
    ...(programs.length > 0
      ? [
          '# a file that was there keeps its mode, and these are run as programs',
          `sudo chmod 0755 ${[...new Set(programs)].sort(compareText).join(' ')}`,
        ]
      : []),
    ...(wants('modules') ? ['# kernel modules', 'sudo systemctl restart systemd-modules-load'] : []),
    ...(wants('sysctls') ? ['# kernel settings', 'sudo sysctl --system'] : []),
  ];
}

const UNIT = /^\/etc\/systemd\/system\/([^/]+\.service)$/;

/** Services of the machine that no component's own note starts. */
function units({ notes }: Plan, needs: readonly HostNeeds[]): string[] {
  const names = needs.flatMap(({ files = [] }) => files.flatMap(({ path }) => UNIT.exec(path)?.[1] ?? []));
  const told = notes.flatMap(({ section, text }) => (section === 'first-start' ? [text] : [])).join('\n');
  const rest = [...new Set(names)].filter((name) => !told.includes(name.replace(/\.service$/, ''))).sort(compareText);
  if (rest.length === 0) return [];
  return [
    '# services of the machine',
    'sudo systemctl daemon-reload',
    ...rest.map((name) => `sudo systemctl enable --now ${name}`),
  ];
}

function install({ spec }: Plan, role: 'server' | 'agent'): string {
  return `curl -sfL https://get.k3s.io | INSTALL_K3S_VERSION=${spec.k3s.version ?? VERSIONS.k3s} sh -s - ${role}`;
}

function servers(plan: Plan, parts: readonly Bound[]): string[] {
  const { spec } = plan;
  const [first = '', ...others] = startOrder(spec).filter((name) => spec.nodes[name]?.role === 'server');
  const lines = [
    ...(bootstraps(parts)
      ? [
          '# before the first start, and on this server alone',
          `sudo install -d -m 0700 ${MANIFESTS}`,
          `sudo cp wayleave/bootstrap/* ${MANIFESTS}/`,
        ]
      : []),
    install(plan, 'server'),
    'sudo k3s kubectl get nodes --watch   # until it is Ready',
  ];
  return [
    `${code(first)} first: it starts the cluster.`,
    fenced('sh', lines),
    ...firstSecrets(plan),
    ...plan.notes
      .filter(({ section }) => section === 'first-server')
      .flatMap(({ title, text }) => [heading(4, title), text]),
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
