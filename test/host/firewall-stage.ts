import type { Address } from '../../lib/net/address';
import type { HostFile } from '../../lib/plan/host-needs';
import { PUBLISHED, nodeAddress4, type Kind } from './firewall-cases';
import type { Namespace } from './namespace';
import { CAST, podAddresses } from './cast';
import type { Stage } from './stage';

/** The rules that a cluster and Docker put beside the firewall: translations, masquerade, and some of anybody's. */
export function translate(stage: Stage): void {
  const own = nodeAddress4(stage.plan, stage.name);
  for (const pods of podAddresses(stage.plan)) {
    const iptables = pods.family === 4 ? 'iptables' : 'ip6tables';
    const pod = pods.family === 4 ? `${pods.first}:8000` : `[${pods.first}]:8000`;
    const cidr = String(stage.plan.spec.k3s.clusterCidrs.find(({ family }) => family === pods.family));
    stage.node.run(`
      ${iptables} -t nat -A PREROUTING -m addrtype --dst-type LOCAL -p tcp --dport 30080 -j DNAT --to-destination ${pod}
      ${iptables} -t nat -A POSTROUTING -s ${cidr} ! -d ${cidr} -j MASQUERADE
      ${iptables} -t mangle -A PREROUTING -p tcp --dport 9999 -j ACCEPT
      ${iptables} -N FLANNEL-FWD
      ${iptables} -A FLANNEL-FWD -s ${cidr} -j ACCEPT
      ${iptables} -A FORWARD -j FLANNEL-FWD`);
  }
  stage.node.run(`
    iptables -t nat -A PREROUTING -m addrtype --dst-type LOCAL -p tcp --dport 8080 -j DNAT --to-destination ${CAST.container}:80
    iptables -t nat -A PREROUTING -d ${CAST.virtual} -p tcp --dport 80 -j DNAT --to-destination ${own}:8000
    iptables -t nat -A OUTPUT -d ${CAST.service} -p tcp --dport 7777 -j DNAT --to-destination ${own}:7777
    iptables -t nat -A PREROUTING -d ${own} -p udp --dport ${PUBLISHED.dialled} -j REDIRECT --to-ports ${PUBLISHED.process}`);
  const [pods] = podAddresses(stage.plan);
  // As kube-proxy has it for every port of a load balancer, and Docker for a port that is published and declared.
  for (const { address, dialled, protocol, port } of stage.plan.flows) {
    if (address !== 'vip' || pods === undefined) continue;
    for (const { first } of dialled?.ranges() ?? [])
      stage.node.run(
        `iptables -t nat -A PREROUTING -d ${first} -p ${protocol} --dport ${String(port?.service)} -j DNAT --to-destination ${pods.first}:${String(port?.container)}`,
      );
  }
  if (stage.plan.spec.swarm !== undefined)
    stage.node.run(
      `iptables -t nat -A PREROUTING -m addrtype --dst-type LOCAL -p tcp --dport 443 -j DNAT --to-destination ${CAST.container}:7777`,
    );
  if (pods !== undefined && stage.plan.spec.k3s.proxy.mode === 'iptables') {
    stage.node.run(`
      iptables -t nat -A PREROUTING -d 10.43.0.1 -p tcp --dport 443 -j DNAT --to-destination ${own}:6443
      iptables -t nat -A PREROUTING -d 10.43.0.1 -p tcp --dport 444 -j DNAT --to-destination ${own}:9100`);
  }
  stage.node.exec(
    ['nft', '-f', '-'],
    'table inet somebody { chain input { type filter hook input priority 10; policy accept; tcp dport 4 drop comment "theirs"; }; }\n',
  );
}

export function apply(stage: Stage, kind: Kind, files: readonly HostFile[]): void {
  if (kind === 'ufw') {
    for (const file of files) stage.write(file);
    stage.node.exec(['ufw', '--force', 'enable']);
    return;
  }
  for (const file of files.filter(({ path }) => path.endsWith('.nft'))) {
    const copy = stage.staged(file);
    stage.node.exec(['nft', '-c', '-f', copy]);
    stage.node.exec(['nft', '-f', copy]);
  }
}

/** Applies what is there already, and gives every rule of the kernel afterwards. */
export function reload(stage: Stage, kind: Kind, files: readonly HostFile[]): string {
  if (kind === 'ufw') stage.node.exec(['ufw', 'reload']);
  else apply(stage, kind, files);
  return ruleset(stage);
}

function ruleset(stage: Stage): string {
  const tables = stage.node.exec(['nft', 'list', 'tables', 'inet']).match(/table inet wayleave/g) ?? [];
  const rules = stage.node.run(
    `${tables.length > 0 ? 'nft -s list table inet wayleave;' : ''} iptables-save; ip6tables-save`,
  );
  return rules
    .split('\n')
    .filter((line) => !line.startsWith('#'))
    .join('\n')
    .replace(/\[\d+:\d+\]/g, '[0:0]');
}

/** The kernel's rules but for those of the firewall and of the tests' observer. */
export function rulesOfOthers(host: Namespace): string {
  const tables = host.run(
    'for t in filter nat mangle; do iptables -t $t -S; ip6tables -t $t -S; done; nft -s list table inet somebody',
  );
  return tables
    .split('\n')
    .filter((line) => !/ufw|wayleave/.test(line) && !/^-P INPUT/.test(line))
    .join('\n');
}

const SERVER = `
import socket, sys
door = socket.create_server((sys.argv[1], 7777), family=socket.AF_INET)
print('listening', flush=True)
guest, _ = door.accept()
guest.sendall(b'hello')
guest.close()
`;

const CLIENT = `
import socket, sys
with socket.create_connection((sys.argv[1], int(sys.argv[2])), timeout=10) as line:
    print(line.makefile().read())
`;

const PORT = 7777;

/** A connection of real programs: what the one who calls gets to read. It may dial another address than is listened on. */
export async function exchange(
  from: Namespace,
  to: Namespace,
  address: Address,
  dialled = address,
  port = PORT,
): Promise<string> {
  const server = await to.start(['python3', '-c', SERVER, String(address)]);
  try {
    return from.exec(['python3', '-c', CLIENT, String(dialled), String(port)]).trim();
  } finally {
    server.kill();
  }
}
