import { dialledPort, type Flow } from '../../lib/plan/flow';

/** What a frame on the wire and a flow of the plan have in common: `tcp 22`, or `icmp`. */
export function portsOf(flow: Flow): string[] {
  const port = dialledPort(flow);
  if (port === undefined) return [flow.protocol];
  return Array.from({ length: port.last - port.first + 1 }, (_, i) => `${flow.protocol} ${port.first + i}`);
}

/** IANA's protocol numbers. */
const PROTOCOLS = new Map([
  [1, 'icmp'],
  [6, 'tcp'],
  [17, 'udp'],
  [50, 'esp'],
  [58, 'icmpv6'],
]);

/** The two ends of a frame in hexadecimal: an answer bears the flow's port as its source. */
export function portsIn(frame: string): string[] {
  const bytes = Buffer.from(frame, 'hex');
  const six = bytes.readUInt16BE(12) === 0x86dd;
  const number = six ? bytes.readUInt8(20) : bytes.readUInt8(23);
  const start = six ? 54 : 14 + (bytes.readUInt8(14) & 15) * 4;
  const protocol = PROTOCOLS.get(number) ?? `protocol ${number}`;
  if (protocol !== 'tcp' && protocol !== 'udp') return [protocol];
  return [bytes.readUInt16BE(start), bytes.readUInt16BE(start + 2)].map((port) => `${protocol} ${port}`);
}
