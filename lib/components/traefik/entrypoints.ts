import { portBehindService, TRAEFIK_PORTS } from '../../plan/traefik';
import { sortedEntries } from '../../text/compare';
import type { TraefikOptions } from './options';

interface ChartPort {
  readonly name: string;
  readonly port: number;
  readonly purpose: string;
  /** Whether the node's kubelet calls it. */
  readonly probed?: boolean;
}

/** Ports that the chart opens by itself, whatever is asked for. */
const CHART_PORTS: readonly ChartPort[] = [
  { name: 'metrics', port: TRAEFIK_PORTS.metrics, purpose: "Traefik's metrics" },
  { name: 'traefik', port: TRAEFIK_PORTS.traefik, purpose: "Traefik's ping, for probes", probed: true },
  { name: 'web', port: TRAEFIK_PORTS.web, purpose: "the chart's HTTP entrypoint" },
  { name: 'websecure', port: TRAEFIK_PORTS.websecure, purpose: "the chart's HTTPS entrypoint" },
];

/** One port of Traefik's that clients are meant to dial. */
export interface Entrypoint {
  readonly name: string;
  /** What the process binds. */
  readonly bound: number;
  /** What clients dial. */
  readonly dialled: number;
  readonly tls: boolean;
}

export function entrypoints(options: TraefikOptions): Entrypoint[] {
  return sortedEntries(options.entrypoints).map(([name, { port, containerPort, tls }]) => {
    const behindService = containerPort ?? portBehindService(name, port);
    return { name, bound: options.mode === 'host-network' ? port : behindService, dialled: port, tls };
  });
}

/** Ports that Traefik binds although no client is meant to dial them. */
export function innerPorts(options: TraefikOptions) {
  return CHART_PORTS.filter(({ name }) => options.entrypoints[name] === undefined);
}
