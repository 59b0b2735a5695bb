import type { ChildProcess } from 'node:child_process';
import type { Address } from '../../lib/net/address';
import type { Namespace } from './namespace';

const PORT = 7777;
/** IP and UDP headers, by family. */
const HEADERS = { 4: 28, 6: 48 } as const;

const SERVER = `
import socket, sys
family = socket.AF_INET6 if ':' in sys.argv[1] else socket.AF_INET
door = socket.socket(family, socket.SOCK_DGRAM)
door.bind((sys.argv[1], ${PORT}))
print('listening', flush=True)
while True:
    data, guest = door.recvfrom(65535)
    door.sendto(data, guest)
`;

/** 10 is IP_MTU_DISCOVER and 23 is IPV6_MTU_DISCOVER; 2 sets "don't fragment" (linux/in.h, linux/in6.h). */
const CLIENT = `
import socket, sys
size, mark = int(sys.argv[1]), bytes.fromhex(sys.argv[2])
for host in sys.argv[3:]:
    six = ':' in host
    line = socket.socket(socket.AF_INET6 if six else socket.AF_INET, socket.SOCK_DGRAM)
    line.setsockopt(41 if six else 0, 23 if six else 10, 2)
    line.settimeout(10)
    data = (mark * (size // len(mark) + 1))[:size]
    try:
        line.connect((host, ${PORT}))
        line.send(data)
        if line.recv(65535) != data: print(host, 'garbled')
    except OSError as error: print(host, error)
`;

/** Answers every datagram with itself, until it is killed. */
export function echo(on: Namespace, address: Address): Promise<ChildProcess> {
  return on.start(['python3', '-c', SERVER, String(address)]);
}

/** Sends a packet of a size to each address, never in fragments. Gives what went wrong, a line each. */
export function ask(from: Namespace, addresses: readonly Address[], packetBytes: number, mark: string): string[] {
  const [first] = addresses;
  if (first === undefined) return [];
  const payload = String(packetBytes - HEADERS[first.family]);
  const told = from.exec(['python3', '-c', CLIENT, payload, mark, ...addresses.map(String)]);
  return told.split('\n').filter((line) => line !== '');
}
