import type { Address } from '../../lib/net/address';
import type { Plan } from '../../lib/plan/plan';
import { CAST } from './cast';
import type { Namespace } from './namespace';

/** Listens on every port given, on `[::]` as daemons do, IPv4 included; tells who got in when the last port is dialled. */
const DAEMONS = `
import json, select, socket, sys
ports = [int(one) for one in sys.argv[1:]]
doors = {}
for port in ports:
    door = socket.socket(socket.AF_INET6, socket.SOCK_STREAM)
    door.setsockopt(socket.SOL_SOCKET, socket.SO_REUSEADDR, 1)
    door.setsockopt(socket.IPPROTO_IPV6, socket.IPV6_V6ONLY, 0)
    door.bind(('::', port))
    door.listen(64)
    doors[door] = port
print('listening', flush=True)
guests, lines, done = set(), [], False
def welcome(door):
    line, _ = door.accept()
    guests.add((line.getsockname()[0].replace('::ffff:', ''), doors[door]))
    lines.append(line)
while not done:
    for one in select.select([*doors, *lines], [], [])[0]:
        if one in doors: welcome(one)
        elif one.recv(9) == b'farewell!': done = True
        else: lines.remove(one)
for one in select.select(list(doors), [], [], 0)[0]: welcome(one)
print(json.dumps(sorted(guests)), flush=True)
`;

/** Dials every port of every address without waiting, then the last one to the end. */
const VISITOR = `
import json, socket, sys
visit = json.load(sys.stdin)
lines = []
for source, address in visit['addresses']:
    for port in visit['ports']:
        line = socket.socket(socket.AF_INET6 if ':' in address else socket.AF_INET, socket.SOCK_STREAM)
        line.setblocking(False)
        line.bind((source, 0))
        line.connect_ex((address, port))
        lines.append(line)
source, address = visit['addresses'][-1]
with socket.create_connection((address, visit['ports'][-1]), timeout=10, source_address=(source, 0)) as line:
    line.sendall(b'farewell!')
    line.recv(1)
`;

/** A visit to an address, under an address of the visitor's. */
export interface Visit {
  readonly source: Address;
  readonly destination: Address;
}

/** Which ports a visitor gets a connection to, as `address port`. @param known one that is open to everybody */
export async function visited(
  from: Namespace,
  to: Namespace,
  visits: readonly Visit[],
  ports: readonly number[],
  known: number,
): Promise<string[]> {
  const all = [...ports.filter((port) => port !== known), known];
  const server = await to.start(['python3', '-c', DAEMONS, ...all.map(String)]);
  let told = '';
  server.stdout?.on('data', (data: Buffer) => (told += data.toString()));
  const ended = new Promise((resolve) => server.once('close', resolve));
  const addresses = visits.map(({ source, destination }) => [String(source), String(destination)]);
  from.exec(['python3', '-c', VISITOR], JSON.stringify({ addresses, ports: all }));
  await ended;
  return (JSON.parse(told) as [string, number][]).map(([address, port]) => `${address} ${port}`);
}

export const isAnyone = (address: Address): boolean =>
  [CAST.internet4, CAST.internet6].some((one) => one.equals(address));

/** TCP ports that something of the cluster listens on, whichever address it binds, and two that nobody speaks of. */
export function daemonPorts(plan: Plan): number[] {
  const bound = plan.listeners.flatMap(({ protocol, ports }) => (protocol === 'tcp' ? (ports.host ?? []) : []));
  return [...new Set([...[bound].flat().map(({ first }) => first), 9999, 30080])];
}
