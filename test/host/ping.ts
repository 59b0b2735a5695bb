import type { Address } from '../../lib/net/address';
import type { Namespace } from './namespace';

/**
 * Sends an echo request that is full of a mark to each address and waits for the answer. 10 is IP_MTU_DISCOVER, 23 is
 * IPV6_MTU_DISCOVER (linux/in.h, linux/in6.h).
 */
const PINGER = `
import os, socket, struct, sys
mark = bytes.fromhex(sys.argv[1])
for host in sys.argv[4:]:
    six = ':' in host
    line = socket.socket(socket.AF_INET6 if six else socket.AF_INET, socket.SOCK_RAW, 58 if six else 1)
    line.settimeout(10)
    line.setsockopt(41 if six else 0, 23 if six else 10, int(sys.argv[2]))
    size = int(sys.argv[3]) - (48 if six else 28)
    body = struct.pack('!BBHHH', 128 if six else 8, 0, 0, os.getpid() & 0xffff, 1) + (mark * (size // len(mark) + 1))[:size]
    words = sum(struct.unpack('!%dH' % (len(body) // 2), body))
    words = (words & 0xffff) + (words >> 16)
    if not six: body = body[:2] + struct.pack('!H', ~((words & 0xffff) + (words >> 16)) & 0xffff) + body[4:]
    try:
        line.sendto(body, (host, 0))
        while True:
            data, (sender, *_) = line.recvfrom(65535)
            answer = data if six else data[20:]
            if sender == host and answer[0] == (129 if six else 0) and answer[4:] == body[4:]: break
    except OSError as error: print(host, error)
`;

/** 0 leaves a packet to be cut where it must be; 2 forbids it. Source: linux/in.h, IP_MTU_DISCOVER. */
const CUT = { allowed: '0', forbidden: '2' } as const;

/** What went wrong, a line each. @param mark in hexadecimal @param packetBytes an even number */
export function ping(
  from: Namespace,
  addresses: readonly Address[],
  mark: string,
  packetBytes = 100,
  cut: keyof typeof CUT = 'forbidden',
): string[] {
  const told = from.exec(['python3', '-c', PINGER, mark, CUT[cut], String(packetBytes), ...addresses.map(String)]);
  return told.split('\n').filter((line) => line !== '');
}
