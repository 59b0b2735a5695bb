import type { Field } from './field';
import { ANY_PORT, type PortMatch } from './policy';
import { readOnce } from './read-once';
import { Traffic, type Protocol } from './traffic';

const PROTOCOLS: ReadonlyMap<string, Protocol> = new Map([
  ['TCP', 'tcp'],
  ['UDP', 'udp'],
  ['SCTP', 'sctp'],
]);

/** IANA service names as Kubernetes takes them: at most 15 letters, digits and hyphens, one letter at least. */
const PORT_NAME = /^(?=.*[a-z])(?!.*--)[a-z0-9]([a-z0-9-]{0,13}[a-z0-9])?$/;

/** Reads the `ports` of a rule. Absent and empty are the same: all traffic, of every protocol. */
export const readPolicyPorts = readOnce((ports: Field): PortMatch => {
  const items = ports.items();
  if (items.length === 0) return ANY_PORT;
  const read = items.map(readPort);
  return { traffic: Traffic.union(read.map(({ traffic }) => traffic)), named: read.flatMap(({ named }) => named) };
});

const NOTHING: PortMatch = { traffic: Traffic.none, named: [] };

function readPort(item: Field): PortMatch {
  item.only(['protocol', 'port', 'endPort']);
  const protocol = readProtocol(item.get('protocol'));
  const match = readPortOf(item, protocol ?? 'tcp');
  return protocol === undefined ? NOTHING : match;
}

function readPortOf(item: Field, protocol: Protocol): PortMatch {
  const port = item.get('port');
  const end = item.get('endPort');
  if (!port.isGiven) {
    if (end.isGiven) end.invalid('needs a port beside it');
    return { traffic: Traffic.of(protocol), named: [] };
  }
  if (typeof port.value === 'string') {
    if (!PORT_NAME.test(port.value))
      port.invalid(
        `is ${JSON.stringify(port.value)}, which no port can be named`,
        /^\d+$/.test(port.value) ? port.value : undefined,
      );
    if (end.isGiven) end.invalid('needs a port that is a number');
    return { traffic: Traffic.none, named: [{ protocol, name: port.value }] };
  }
  const first = readNumber(port);
  const last = end.isGiven ? readNumber(end, first) : first;
  if (first === undefined || last === undefined) return NOTHING;
  if (last < first) {
    end.invalid(`is ${last}, below port ${first}`, `port: ${last}, endPort: ${first}`);
    return NOTHING;
  }
  return { traffic: Traffic.range(protocol, first, last), named: [] };
}

function readProtocol(field: Field): Protocol | undefined {
  if (!field.isGiven) return 'tcp';
  const protocol = PROTOCOLS.get(field.written() ?? '');
  if (protocol === undefined)
    field.invalid(`is ${JSON.stringify(field.value)}; a NetworkPolicy knows TCP, UDP and SCTP`);
  return protocol;
}

/** A port number from 1 to 65535, or, with the port where a range begins, the number where it ends. */
export function readNumber(field: Field, first?: number): number | undefined {
  const number = field.integer();
  if (number === undefined || (number >= 1 && number <= 65535)) return number;
  const right = first === undefined ? undefined : String(number < 1 ? first : 65535);
  field.invalid(`is ${number}; ports are 1 to 65535`, right);
  return undefined;
}
