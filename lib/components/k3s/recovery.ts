import type { Note } from '../../plan/declares';
import { hostnameOf, initServer, selectNodes } from '../../plan/nodes';
import type { Cluster } from '../../spec/cluster';

/** Everything that K3s keeps. Source: K3s documentation, `--data-dir`. */
const DATA = '/var/lib/rancher/k3s';

/** How a lost machine, or the store of a cluster, is brought back. */
export function recoveryNotes(spec: Cluster): Note[] {
  const operation = (title: string, text: string): Note => ({ section: 'operations', title, text });
  const isEtcd = spec.k3s.datastore === 'etcd';
  const servers = selectNodes(spec, 'servers').length;
  return [
    ...(Object.keys(spec.nodes).length > 1 ? [operation('Rebuilding a node', node(spec))] : []),
    ...(isEtcd && servers > 1 ? [operation('Rebuilding the first server', firstServer(spec))] : []),
    ...(isEtcd
      ? [operation('Snapshots of etcd', snapshots(spec)), operation('When etcd has lost its majority', lost(spec))]
      : [operation('Saving SQLite', sqlite())]),
  ];
}

function node(spec: Cluster): string {
  const first = initServer(spec);
  const example = Object.keys(spec.nodes).find((name) => name !== first) ?? first;
  const name = hostnameOf(spec, example);
  const servers = selectNodes(spec, 'servers').length;
  return [
    'A machine that comes back with an empty disk is a new member under an old name: take the old one out first, on a server that lives.',
    `For \`${example}\`: \`sudo k3s kubectl delete node ${name}\`${servers > 1 ? ', which takes a server out of etcd as well' : ''}.`,
    'Then prepare the machine as at the first start (packages, files, token, firewall) and install the same version of K3s: it joins by itself.',
    `If it is refused because of its password, delete the Secret \`${name}.node-password.k3s\` in \`kube-system\`.`,
    `Nodes join by \`${first}\`, as \`server:\` in their config says: while that one is away no other can join${servers > 1 ? ', until `k3s.initServer` names a server that lives. Nodes that have joined know every server' : ''}.`,
  ].join(' ');
}

/** Source: k3s-io/k3s discussion 7070 and issue 6666. */
function firstServer(spec: Cluster): string {
  const first = initServer(spec);
  const other = selectNodes(spec, 'servers').find((name) => name !== first) ?? first;
  return [
    `The config of \`${first}\` holds \`cluster-init: true\` and no \`server:\`. **Started on an empty disk it begins a second cluster**, beside the one that lives.`,
    'So, before it is started:',
    '',
    `1. On \`${other}\`: \`sudo k3s kubectl delete node ${hostnameOf(spec, first)}\`.`,
    `2. In the spec set \`k3s.initServer: '${other}'\`, synthesise, and copy the new \`/etc/rancher/k3s/config.yaml\` to every node. A server that has etcd on its disk ignores \`cluster-init\` and \`server\`, so none has to be restarted for it.`,
    `3. Prepare \`${first}\` as at the first start and install K3s: its config now says \`server:\`, and it joins \`${other}\`. Put nothing into its manifest directory.`,
  ].join('\n');
}

/** Source: K3s documentation, etcd-snapshot: by default at 00:00 and 12:00, the last five kept. */
function snapshots(spec: Cluster): string {
  return [
    `Each server writes a snapshot every twelve hours to \`${DATA}/server/db/snapshots\` and keeps five (K3s's default); \`sudo k3s etcd-snapshot save\` writes one now, and \`sudo k3s etcd-snapshot ls\` shows them.`,
    `They lie on the servers' own disks: copy them elsewhere, and with them the token of \`${spec.k3s.tokenFile}\`, without which a snapshot cannot be restored.`,
  ].join(' ');
}

/** Source: K3s documentation, etcd-snapshot restore; pkg/cluster refuses to reset while `server` is set. */
function lost(spec: Cluster): string {
  const servers = selectNodes(spec, 'servers');
  const first = initServer(spec);
  const others = servers.filter((name) => name !== first);
  const reset = 'sudo k3s server --cluster-reset';
  return [
    others.length === 0
      ? 'With one member there is no majority to lose, but its store can be damaged. To go back to a snapshot:'
      : `When too few servers are left, no change is accepted; what runs goes on. If the others come back, the majority does too. If they do not, make one server a cluster of one:`,
    '',
    `1. Take \`${first}\`, or set \`k3s.initServer\` to a server that lives and copy the new configs to every server: a config with \`server:\` refuses a reset.`,
    `2. \`sudo systemctl stop k3s\` on ${others.length === 0 ? 'it' : 'every server'}.`,
    `3. On that one: \`${reset}\`, which keeps what it has; or \`${reset} --cluster-reset-restore-path=SNAPSHOT\`, which goes back to a snapshot. It ends by itself and asks to be started without the flag.`,
    `4. \`sudo systemctl start k3s\` on it.`,
    ...(others.length === 0
      ? []
      : [
          `5. On each other server: \`sudo mv ${DATA}/server/db ${DATA}/server/db.old\`, then \`sudo systemctl start k3s\`; it joins with an empty store. One at a time, each until it is Ready. Of a server that does not come back: \`sudo k3s kubectl delete node NAME\`.`,
        ]),
  ].join('\n');
}

function sqlite(): string {
  return `The store is \`${DATA}/server/db\` on the one server: stop K3s there, copy the folder and the token, and start it again. To restore, put both back before K3s starts.`;
}
