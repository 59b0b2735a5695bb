import type { Address } from '../../net/address';
import { PORTS } from '../../net/well-known-ports';
import type { Cluster } from '../../spec/cluster';
import { BLOCK_BITS, type SwarmOptions } from './options';
import { firstManager, STACK, STACK_PATH, swarmAddress } from './place';

/**
 * Where a node speaks and listens. `--advertise-addr` says only what others are told: without the other two a manager
 * listens on every address, and VXLAN leaves by whichever interface the advertised address has. Source: Docker docs,
 * docker swarm init.
 */
function ownAddress(own: Address): string[] {
  return [`--advertise-addr ${String(own)}`, `--listen-addr ${endpoint(own)}`, `--data-path-addr ${String(own)}`];
}

/** Starts the Swarm, on its first manager. */
export function initCommand(options: SwarmOptions, spec: Cluster): string {
  const own = swarmAddress(options, spec, firstManager(options));
  const pool = [`--default-addr-pool ${String(options.addressPool)}`, `--default-addr-pool-mask-length ${BLOCK_BITS}`];
  return ['docker swarm init', ...ownAddress(own), ...pool].join(' ');
}

/** Joins it, by the first manager's address on the Swarm's network. The token is the one that manager prints. */
export function joinCommand(options: SwarmOptions, spec: Cluster, node: string): string {
  return [
    'docker swarm join',
    ...ownAddress(swarmAddress(options, spec, node)),
    '--token "$TOKEN"',
    joinAddress(options, spec),
  ].join(' ');
}

/** The manager by which nodes join. */
export function joinAddress(options: SwarmOptions, spec: Cluster): string {
  return endpoint(swarmAddress(options, spec, firstManager(options)));
}

export function deployCommand(): string {
  return `docker stack deploy --compose-file ${STACK_PATH} ${STACK}`;
}

function endpoint(address: Address): string {
  return address.withPort(PORTS.swarmManagement.port);
}
