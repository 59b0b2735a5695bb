import { PortRange } from '../../net/port';
import type { Listener } from '../../plan/listener';
import type { Cluster } from '../../spec/cluster';
import type { EasyhaproxyOptions } from './options';
import { easyhaproxyWorkload, placeOf } from './place';

/** A port that EasyHAProxy takes on nodes, the same inside and outside its container. */
export interface Port {
  readonly name: string;
  readonly port: PortRange;
  readonly tls: boolean;
}

export const PORTS: readonly Port[] = [
  { name: 'http', port: PortRange.of(80), tls: false },
  { name: 'https', port: PortRange.of(443), tls: true },
];

/** Host ports that the chart takes in any case; without a password nobody answers behind them. Source: chart 2.0.2. */
const IDLE = [
  { port: PortRange.of(1936), purpose: 'taken by its chart, with nobody behind it' },
  { port: PortRange.of(11936), purpose: 'taken by its chart, with nobody behind it' },
];

export function easyhaproxyListeners(options: EasyhaproxyOptions, spec: Cluster): Omit<Listener, 'owner'>[] {
  const listener = (port: PortRange, purpose: string): Omit<Listener, 'owner'> => ({
    on: { workload: easyhaproxyWorkload(options) },
    protocol: 'tcp',
    bind: 'all',
    ports: { container: port, host: port },
    purpose,
    source: placeOf(spec),
  });
  return [
    ...PORTS.map(({ name, port }) => listener(port, `requests (${name}), by the same port of the node`)),
    ...IDLE.map(({ port, purpose }) => listener(port, purpose)),
  ];
}
