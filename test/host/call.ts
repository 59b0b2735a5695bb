import type { Address } from '../../lib/net/address';
import type { Protocol } from '../../lib/plan/flow';
import type { Namespace } from './namespace';
import { icmpTypeOf } from './packet';

/** One host that calls another by an ordinary socket: routes choose the device, and the source unless one is given. */
export interface Call {
  /** A node's name, or `outside`. */
  readonly from: string;
  readonly source?: Address;
  readonly to: string;
  readonly destination: Address;
  /** The network by which it enters the other. */
  readonly network: string;
  readonly protocol: Extract<Protocol, 'tcp' | 'udp' | 'icmp' | 'icmpv6' | 'esp'>;
  readonly port?: number;
  /** nftables' name. */
  readonly icmpType?: string;
}

/** Calls are known by their source port, or by the number that stands in its place. Kernels choose larger ones. */
const FIRST_ID = 10_000;
const MOST = 20_000;

/** Where a call's number stands: the source port, its place in a message of ICMP, ESP's SPI; in nftables' words. */
const MARKS = {
  tcp: { type: 'tcp sport', when: 'tcp flags & (syn | ack) == syn', mark: 'tcp sport' },
  udp: { type: 'udp sport', when: 'meta l4proto udp', mark: 'udp sport' },
  icmp: { type: 'ip id', when: 'meta l4proto icmp', mark: '@th,32,16' },
  icmpv6: { type: 'ip id', when: 'meta l4proto ipv6-icmp', mark: '@th,32,16' },
  esp: { type: 'esp spi', when: 'meta l4proto esp', mark: 'esp spi' },
} as const;

/** What a host heard: before everything, and behind its firewall. */
const OBSERVER = [
  'table inet observer',
  'delete table inet observer',
  'table inet observer {',
  ...(['entered', 'passed'] as const).flatMap((place) => [
    ...Object.entries(MARKS).map(
      ([one, { type }]) => `set ${place}-${one} { typeof ${type}; flags dynamic; size 65535; }`,
    ),
    `chain ${place} {`,
    `type filter hook ${place === 'entered' ? 'prerouting priority -400' : 'input priority 250'}; policy accept;`,
    ...Object.entries(MARKS).map(([one, { when, mark }]) => `${when} add @${place}-${one} { ${mark} }`),
    '}',
  ]),
  '}\n',
].join('\n');

const CALLER = `
import json, socket, struct, sys
lines = []
def total(data):
    words = struct.unpack('!%dH' % (len(data) // 2), data)
    n = sum(words)
    n = (n & 0xffff) + (n >> 16)
    return ~((n & 0xffff) + (n >> 16)) & 0xffff
for one in json.load(sys.stdin):
    kind, to, mark = one['protocol'], one['to'], one['id']
    six = ':' in to
    family = socket.AF_INET6 if six else socket.AF_INET
    source = one.get('source') or ('::' if six else '0.0.0.0')
    if kind in ('tcp', 'udp'):
        line = socket.socket(family, socket.SOCK_STREAM if kind == 'tcp' else socket.SOCK_DGRAM)
        line.setblocking(False)
        line.bind((source, mark))
        if kind == 'tcp': line.connect_ex((to, one['port']))
        else: line.sendto(b'wayleave', (to, one['port']))
    else:
        line = socket.socket(family, socket.SOCK_RAW, {'icmp': 1, 'icmpv6': 58, 'esp': 50}[kind])
        line.bind((source, 0))
        if kind == 'esp': data = struct.pack('!II', mark, 1) + bytes(24)
        else:
            data = struct.pack('!BBHHH', one['type'], 0, 0, mark, 0) + bytes(40)
            if kind == 'icmp': data = data[:2] + struct.pack('!H', total(data)) + data[4:]
        line.sendto(data, (to, 0))
    lines.append(line)
`;

/** Lets hosts call, and tells of each call whether the other's firewall let it through. */
export function answered(calls: readonly Call[], host: (name: string) => Namespace): boolean[] {
  if (calls.length > MOST) throw new Error(`${calls.length} calls are more than can be told apart`);
  const hosts = [...new Set(calls.flatMap(({ from, to }) => [from, to]))];
  for (const name of hosts) host(name).exec(['nft', '-f', '-'], OBSERVER);
  for (const name of hosts) {
    const sent = calls.flatMap((call, i) =>
      call.from !== name
        ? []
        : [
            {
              protocol: call.protocol,
              to: String(call.destination),
              id: FIRST_ID + i,
              port: call.port,
              ...(call.source ? { source: String(call.source) } : {}),
              ...(call.protocol === 'icmp' || call.protocol === 'icmpv6'
                ? { type: icmpTypeOf(call.protocol, call.icmpType) }
                : {}),
            },
          ],
    );
    if (sent.length > 0) host(name).exec(['python3', '-c', CALLER], JSON.stringify(sent));
  }
  const keyOf = ({ protocol, to }: Call, i: number) => `${to} ${protocol} ${FIRST_ID + i}`;
  const seen = settled(hosts, host, calls.map(keyOf));
  return calls.map((call, i) => seen.passed.has(keyOf(call, i)));
}

interface Seen {
  readonly entered: Set<string>;
  readonly passed: Set<string>;
}

/** Reads until all have entered and nothing changes any more. */
function settled(hosts: readonly string[], host: (name: string) => Namespace, wanted: readonly string[]): Seen {
  let before = -1;
  let missing: readonly string[] = [];
  for (let reads = 0; reads < 100; reads++) {
    const seen: Seen = { entered: new Set(), passed: new Set() };
    for (const name of hosts) read(name, host(name), seen);
    missing = wanted.filter((key) => !seen.entered.has(key));
    if (missing.length === 0 && seen.passed.size === before) return seen;
    before = seen.passed.size;
  }
  throw new Error(`of ${wanted.length} calls ${missing.length} did not come: ${missing.slice(0, 5).join(', ')}`);
}

function read(name: string, host: Namespace, seen: Seen): void {
  const listed = JSON.parse(host.exec(['nft', '-j', 'list', 'table', 'inet', 'observer'])) as {
    nftables: { set?: { name: string; elem?: number[] } }[];
  };
  for (const { set } of listed.nftables) {
    const [place, protocol] = set?.name.split('-') ?? [];
    if (place !== 'entered' && place !== 'passed') continue;
    for (const mark of set?.elem ?? []) seen[place].add(`${name} ${protocol ?? ''} ${mark}`);
  }
}

export function printCall({ from, source, to, destination, protocol, port, icmpType }: Call): string {
  return `${from}${source ? ` (${source})` : ''} → ${to} (${destination}) ${protocol} ${port ?? icmpType ?? ''}`.trim();
}
