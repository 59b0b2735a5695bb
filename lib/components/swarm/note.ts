import type { Note } from '../../plan/declares';
import { selectNodes } from '../../plan/nodes';
import type { Cluster } from '../../spec/cluster';
import { sortedEntries } from '../../text/compare';
import { bullets, code, fenced } from '../../text/markdown';
import { deployCommand, initCommand, joinCommand } from './commands';
import { hasStack, mtuOption } from './stack';
import type { SwarmOptions } from './options';
import { firstManager } from './place';

export function swarmNotes(options: SwarmOptions, spec: Cluster): Note[] {
  return [
    { section: 'nodes', title: 'Docker and the Swarm', text: shape(options, spec) },
    { section: 'first-services', title: 'Docker', text: docker(options, spec) },
    { section: 'first-services', title: 'The Swarm, one node at a time', text: start(options, spec) },
    { section: 'operations', title: 'Looking after the Swarm', text: operations(options) },
  ];
}

function shape(options: SwarmOptions, spec: Cluster): string {
  const { managers, network, addressPool, bridgePool } = options;
  const names = managers.map(code).join(', ');
  return [
    `Docker Swarm runs on every node; ${names} ${managers.length === 1 ? 'is its manager' : 'are its managers'}. Management, gossip and VXLAN use the addresses on ${code(network)} alone: ${code('--advertise-addr')} says only what others are told, and ${code('--listen-addr')} and ${code('--data-path-addr')} keep the Swarm from listening and sending elsewhere. VXLAN’s socket is the kernel’s and binds every address; the firewall opens it on ${code(network)} only.`,
    `Networks that span the nodes are blocks of ${code(String(addressPool))}, and bridges on each node blocks of ${code(String(bridgePool))}. Docker’s own pools would lie across the private ranges, with no regard to who else is there.`,
    `Published ports are translated before INPUT and bind every address of every node; the firewall judges them by the port that was dialled, so that one without a flow is closed.`,
    mtu(options, spec),
  ].join('\n\n');
}

function mtu(options: SwarmOptions, spec: Cluster): string {
  const [[key, bytes] = []] = Object.entries(mtuOption(options, spec));
  return `Docker gives such a network an MTU of 1500, whatever carries it. Each network of the stack file is told ${bytes ?? ''}, the Swarm’s own ${code('ingress')} at the first start, and every further one needs ${code(`--opt ${key ?? ''}=${bytes ?? ''}`)} when it is made.`;
}

function docker({ bridgePool }: SwarmOptions, spec: Cluster): string {
  return [
    `On every node. Docker was started by its package, before it knew of ${code(String(bridgePool))}; a bridge that it has made keeps its address, so that has to go first:`,
    fenced('sh', [
      'sudo systemctl daemon-reload',
      'sudo systemctl stop docker.service docker.socket',
      'sudo ip link delete docker0',
      'sudo systemctl start docker.service',
      "sudo docker network inspect bridge --format '{{(index .IPAM.Config 0).Subnet}}'   # a block of the pool",
    ]),
    ...hubsOf(spec).map(
      ({ hub, network }) =>
        `On ${code(hub)}, by which the nodes reach each other on ${code(network)}, also ${code('sudo iptables -P FORWARD ACCEPT')}: started before the kernel's settings were there, Docker turned forwarding on itself and closed it to all but its own. From the next boot on it finds it turned on, and leaves it open.`,
    ),
  ].join('\n\n');
}

/** Docker closes FORWARD where it had to turn forwarding on: that of IPv4, as its bridges have no IPv6. Source: moby, drivers/bridge/setup_ip_forwarding.go. */
function hubsOf({ networks }: Cluster): { readonly hub: string; readonly network: string }[] {
  return sortedEntries(networks).flatMap(([name, network]) =>
    network.kind === 'wireguard' && network.topology !== 'mesh' && network.prefix.family === 4
      ? [{ hub: network.topology.hub, network: name }]
      : [],
  );
}

function start(options: SwarmOptions, spec: Cluster): string {
  const first = firstManager(options);
  const others = selectNodes(spec, 'all').filter((node) => node !== first);
  const kind = (node: string) => (options.managers.includes(node) ? 'manager' : 'worker');
  const mtuFlag = Object.entries(mtuOption(options, spec)).map(([key, value]) => `--opt ${key}=${value}`);
  return [
    `${code(first)} first:`,
    fenced('sh', [
      `sudo ${initCommand(options, spec)}`,
      '# its own network for published ports, with packets that fit',
      'yes | sudo docker network rm ingress',
      `sudo docker network create --driver overlay --ingress ${mtuFlag.join(' ')} ingress`,
    ]),
    ...(others.length === 0
      ? []
      : [
          `Then the others. ${code('TOKEN')} is a secret that ${code(first)} prints, for managers ${code('sudo docker swarm join-token -q manager')} and for all others ${code('sudo docker swarm join-token -q worker')}:`,
          fenced(
            'sh',
            others.flatMap((node) => [`# ${node}, a ${kind(node)}`, `sudo ${joinCommand(options, spec, node)}`]),
          ),
        ]),
    ...(!hasStack(options)
      ? []
      : [`What the Swarm runs of this network, from ${code(first)}:`, fenced('sh', [`sudo ${deployCommand()}`])]),
  ].join('\n\n');
}

function operations({ managers }: SwarmOptions): string {
  const majority = Math.floor(managers.length / 2) + 1;
  const spare = managers.length - majority;
  return [
    fenced('sh', [
      'sudo docker node ls',
      "sudo docker node inspect --format '{{.Spec.Role}} {{.Status.Addr}}' self",
      'sudo docker service ls',
      "sudo docker network ls --filter driver=overlay --format '{{.Name}}' | xargs -n 1 sudo docker network inspect --format '{{.Name}} {{(index .IPAM.Config 0).Subnet}}'",
    ]),
    bullets([
      managers.length === 1
        ? 'There is one manager: while it is away nothing is scheduled and nothing changes; what runs goes on. If its disk is lost, so is the Swarm.'
        : `Of ${managers.length} managers ${majority} must agree; the loss of ${spare} is survived.`,
      'A node that has changed its address must leave and join again: the Swarm keeps the old one.',
      `The pool of the Swarm’s networks can be chosen at ${code('docker swarm init')} alone.`,
    ]),
  ].join('\n\n');
}
