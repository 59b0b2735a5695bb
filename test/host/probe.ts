import { AddressSet } from '../../lib/net/address-set';
import type { Plan } from '../../lib/plan/plan';
import { balancedAddresses } from './cast';
import { frame, HOPS, type Packet } from './packet';
import type { Namespace } from './namespace';
import type { Stage } from './stage';

/** A packet, and the node's device by which it enters. */
export interface Probe {
  readonly device: string;
  readonly packet: Packet;
}

/** What became of a probe: whether it got to the node's processes, or through the node to someone else. */
export type Verdict = 'delivered' | 'forwarded' | 'refused';

/** Watches before everything and behind everything. Packets are known by IPv4 identification or IPv6 flow label. */
const OBSERVER = `
table inet observer
delete table inet observer
table inet observer {
  set entered4 { typeof ip id; flags dynamic; size 65535; }
  set entered6 { typeof ip id; flags dynamic; size 65535; }
  set delivered4 { typeof ip id; flags dynamic; size 65535; }
  set delivered6 { typeof ip id; flags dynamic; size 65535; }
  set forwarded4 { typeof ip id; flags dynamic; size 65535; }
  set forwarded6 { typeof ip id; flags dynamic; size 65535; }
  chain prerouting {
    type filter hook prerouting priority -400; policy accept;
    ip ttl { ${HOPS - 1}, ${HOPS} } add @entered4 { ip id }
    ip6 hoplimit { ${HOPS - 1}, ${HOPS}, 254, 255 } add @entered6 { @nh,16,16 }
  }
  chain input {
    type filter hook input priority 250; policy accept;
    ip ttl { ${HOPS - 1}, ${HOPS} } add @delivered4 { ip id }
    ip6 hoplimit { ${HOPS - 1}, ${HOPS}, 254, 255 } add @delivered6 { @nh,16,16 }
  }
  chain forward {
    type filter hook forward priority 250; policy accept;
    ip ttl { ${HOPS - 1}, ${HOPS} } add @forwarded4 { ip id }
    ip6 hoplimit { ${HOPS - 1}, ${HOPS}, 254, 255 } add @forwarded6 { @nh,16,16 }
  }
}
`;

const SENDER = `
import socket, sys
wires = {}
for line in sys.stdin:
    device, data = line.split()
    if device not in wires:
        wires[device] = socket.socket(socket.AF_PACKET, socket.SOCK_RAW, 0)
        wires[device].bind((device, 0))
    wires[device].send(bytes.fromhex(data))
`;

/** Sends the probes as real packets and reads in the node's kernel what became of each. */
export function send(stage: Stage, probes: readonly Probe[]): Verdict[] {
  stage.node.exec(['nft', '-f', '-'], OBSERVER);
  const lines = new Map<Namespace, string[]>();
  probes.forEach(({ device, packet }, i) => {
    const wire = stage.wire(device);
    const sent = lines.get(wire.at) ?? [];
    sent.push(`${wire.end} ${frame(packet, wire.mac, idOf(i)).toString('hex')}`);
    lines.set(wire.at, sent);
  });
  for (const [host, sent] of lines) host.exec(['python3', '-c', SENDER], `${sent.join('\n')}\n`);

  const seen = settled(stage, probes.length);
  return probes.map(({ packet }, i) => {
    const key = `${packet.destination.family} ${idOf(i)}`;
    if (!seen.entered.has(key)) throw new Error(`probe did not enter the node: ${printProbe(probes[i] as Probe)}`);
    return seen.delivered.has(key) ? 'delivered' : seen.forwarded.has(key) ? 'forwarded' : 'refused';
  });
}

/** Identification 0 is what the kernel gives packets of its own. */
const FIRST_ID = 1000;
const idOf = (index: number) => FIRST_ID + index;

/** Reads until all have entered and nothing changes any more. */
function settled(stage: Stage, count: number): Seen {
  let before = '';
  for (let reads = 0; reads < 100; reads++) {
    const seen = read(stage);
    const now = [seen.entered, seen.delivered, seen.forwarded].map((set) => set.size).join(' ');
    if (now === before && seen.entered.size >= count) return seen;
    before = now;
  }
  throw new Error(`of ${count} probes only ${before.replace(/ .*/, '')} entered the node`);
}

type Seen = Readonly<Record<'entered' | 'delivered' | 'forwarded', Set<string>>>;

function read(stage: Stage): Seen {
  const seen: Seen = { entered: new Set(), delivered: new Set(), forwarded: new Set() };
  const listed = JSON.parse(stage.node.exec(['nft', '-j', 'list', 'table', 'inet', 'observer'])) as {
    nftables: { set?: { name: string; elem?: number[] } }[];
  };
  for (const { set } of listed.nftables) {
    const [, place, family] = /^(entered|delivered|forwarded)([46])$/.exec(set?.name ?? '') ?? [];
    if (place === undefined) continue;
    for (const id of set?.elem ?? []) if (id >= FIRST_ID) seen[place as keyof Seen].add(`${family ?? ''} ${id}`);
  }
  return seen;
}

export function printProbe({ device, packet }: Probe): string {
  const { source, destination, protocol, port, icmpType } = packet;
  return `${device}: ${source} → ${destination} ${protocol} ${port ?? icmpType ?? ''}`.trim();
}

/** Destinations that a node's firewall judges; the rest only passes through. */
export function judged(stage: Stage): AddressSet {
  const crowds = AddressSet.parse('224.0.0.0/4, ff00::/8, 255.255.255.255');
  return stage.own.union(crowds).union(AddressSet.of(...balancedAddresses(stage.plan)));
}

export function podsOf(plan: Plan): AddressSet {
  return AddressSet.of(...plan.spec.k3s.clusterCidrs);
}
