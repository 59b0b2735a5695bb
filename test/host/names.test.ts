import type { ChildProcess } from 'node:child_process';
import nimbusSwarm from '../../clusters/nimbus-swarm';
import { walkTo } from '../support/plan';
import { Namespace } from './namespace';
import { requireHost } from './requirements';

requireHost();

/** Says its own name by UDP and TCP to whoever calls. */
const SERVER = `
import socket, sys, threading
name, host, port = sys.argv[1].encode(), sys.argv[2], int(sys.argv[3])
door = socket.socket(socket.AF_INET, socket.SOCK_STREAM)
door.setsockopt(socket.SOL_SOCKET, socket.SO_REUSEADDR, 1)
door.bind((host, port))
door.listen()
box = socket.socket(socket.AF_INET, socket.SOCK_DGRAM)
box.bind((host, port))
def calls():
    while True:
        line, _ = door.accept()
        line.sendall(name)
        line.close()
threading.Thread(target=calls, daemon=True).start()
print('listening', flush=True)
while True:
    _, guest = box.recvfrom(64)
    box.sendto(name, guest)
`;

/** Who answers at an address, by UDP and by TCP. */
const CLIENT = `
import socket, sys
def ask(kind):
    line = socket.socket(socket.AF_INET, kind)
    line.settimeout(1)
    try:
        line.connect((sys.argv[1], int(sys.argv[2])))
        if kind == socket.SOCK_DGRAM: line.send(b'?')
        return line.recv(64).decode()
    except OSError:
        return 'nobody'
print(ask(socket.SOCK_DGRAM), ask(socket.SOCK_STREAM))
`;

/** As Docker translates what it publishes. Source: moby, libnetwork/drivers/bridge. */
const DOCKER = `
table ip docker_nat {
  chain prerouting {
    type nat hook prerouting priority -100; policy accept;
    fib daddr type local iifname != "docker_gwbridge" meta l4proto { tcp, udp } th dport 5053 dnat to 172.30.0.2:53
  }
}
`;

describe('names on the Swarm’s manager', () => {
  const { plan, parts } = walkTo({ ...nimbusSwarm });
  const files = parts.flatMap((part) => part.host(plan, 'a').files ?? []);
  const rules = (path: string) => files.find((file) => file.path === path)?.content ?? '';
  const open: Namespace[] = [];
  const servers: ChildProcess[] = [];
  let [node, client, peer, container]: Namespace[] = [];

  const host = async (name: string) => {
    const made = await Namespace.open(name);
    open.push(made);
    return made;
  };
  const wire = (to: Namespace, device: string, own: string, other: string) => {
    node?.run(`ip link add ${device} type veth peer name eth0 netns ${to.pid} && ip address add ${own} dev ${device}`);
    node?.run(`ip link set ${device} up`);
    to.run(`ip address add ${other} dev eth0 && ip link set eth0 up`);
  };

  beforeAll(async () => {
    [node, client, peer, container] = [await host('a'), await host('client'), await host('b'), await host('container')];
    node.run('sysctl -qw net.ipv4.ip_forward=1');
    wire(client, 'eth0', '10.108.0.3/24', '10.108.0.9/24');
    wire(peer, 'wg-nimbus', '10.10.0.1/16', '10.10.0.2/16');
    node.run('ip link add docker_gwbridge type bridge && ip address add 172.30.0.1/24 dev docker_gwbridge');
    node.run('ip link set docker_gwbridge up');
    node.run(`ip link add veth1 type veth peer name eth0 netns ${container.pid}`);
    node.run('ip link set veth1 master docker_gwbridge up');
    container.run(
      'ip address add 172.30.0.2/24 dev eth0 && ip link set eth0 up && ip route add default via 172.30.0.1',
    );
    client.run('ip route add default via 10.108.0.3');
    for (const path of ['/etc/wayleave/firewall.nft', '/etc/wayleave/dns.nft'])
      node.run('cat > /run/rules.nft; nft -f /run/rules.nft; nft -f /run/rules.nft', rules(path));
    node.run('nft -f -', DOCKER);
    servers.push(
      await node.start(['python3', '-c', SERVER, 'proxy', '0.0.0.0', '5053']),
      await node.start(['python3', '-c', SERVER, 'closed', '0.0.0.0', '5054']),
      await container.start(['python3', '-c', SERVER, 'container', '0.0.0.0', '53']),
    );
  });
  afterAll(async () => {
    for (const server of servers) server.kill();
    await Promise.all(open.map((one) => one.close()));
  });

  const asks = (from: Namespace | undefined, address: string, port: number) =>
    from?.exec(['python3', '-c', CLIENT, address, String(port)]).trim();

  test('a developer who dials the port of names is answered by the proxy, though Docker translates too', () => {
    expect(asks(client, '10.108.0.3', 53)).toBe('proxy proxy');
  });

  test('a developer who dials the published port is answered by the container', () => {
    expect(asks(client, '10.108.0.3', 5053)).toBe('container container');
  });

  test('a node dials the overlay, and the manager itself does as well', () => {
    expect(asks(peer, '10.10.0.1', 53)).toBe('proxy proxy');
    expect(asks(node, '10.10.0.1', 53)).toBe('proxy proxy');
  });

  test('a container of the manager dials the overlay address by its bridge', () => {
    expect(asks(container, '10.10.0.1', 53)).toBe('proxy proxy');
  });

  test('what no flow names is closed: other ports, and the published one where nobody is let in', () => {
    expect(asks(client, '10.108.0.3', 5054)).toBe('nobody nobody');
    expect(asks(peer, '10.10.0.1', 5053)).toBe('nobody nobody');
    expect(asks(container, '172.30.0.1', 5054)).toBe('nobody nobody');
  });
});
