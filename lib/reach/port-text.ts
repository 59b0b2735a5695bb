import { AddressError } from '../net/error';
import { PortSet } from '../net/port';
import { PROTOCOLS, Traffic, type Protocol } from './traffic';

/**
 * Reads `443`, `8000-8999`, `53/udp`, `udp/53`, `tcp` or `icmp`; a port without a protocol is TCP's.
 * @throws AddressError for anything else
 */
export function parseTraffic(text: string): Traffic {
  const parts = text.toLowerCase().split('/');
  const protocol = parts.find((part): part is Protocol => (PROTOCOLS as readonly string[]).includes(part));
  const ports = parts.filter((part) => part !== protocol);
  if (protocol !== undefined && ports.length === 0) return Traffic.of(protocol);
  if (ports.length !== 1) throw new AddressError(text, 'is no port', '443 or 53/udp');
  return Traffic.union(
    PortSet.parse(ports[0] ?? '')
      .ranges()
      .map(({ first, last }) => Traffic.range(protocol ?? 'tcp', first, last)),
  );
}
