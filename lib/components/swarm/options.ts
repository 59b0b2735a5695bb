import { z } from 'zod';
import { prefix, reference } from '../../spec/fields';
import { dnsmasqOptions } from '../dnsmasq/options';
import { easyhaproxyServiceOptions } from '../easyhaproxy/options';

/** Blocks that Docker cuts a pool into, one for each of its networks (`--default-addr-pool-mask-length`, daemon.json `size`). */
export const BLOCK_BITS = 24;

/** A pool of Docker's, which it cuts into blocks of /24. */
const pool = () =>
  prefix().refine(
    (one) => one.family === 4 && one.length <= BLOCK_BITS,
    `must be an IPv4 prefix of /${BLOCK_BITS} or larger: Docker cuts it into blocks of that size, one for each network`,
  );

/** Docker Swarm on the cluster's nodes. */
export const swarmOptions = z.strictObject({
  /** Nodes that vote, an odd number of them; the first starts the Swarm. */
  managers: z.array(reference('node')).min(1),
  /** The network that carries all of it: 2377, 7946 and 4789 are open there alone. */
  network: reference('network'),
  /** Pool for networks that span the nodes (`--default-addr-pool`). Docker's own is 10.0.0.0/8, which is nearly always taken. */
  addressPool: pool(),
  /** Pool for bridges on each host (`default-address-pools` of daemon.json), docker0 and docker_gwbridge included. */
  bridgePool: pool(),
  /** EasyHAProxy, published on 80 and 443 of every node. @default not (Wayleave) */
  easyhaproxy: easyhaproxyServiceOptions.optional(),
  /** A wildcard zone answered on one of the nodes. @default not (Wayleave) */
  dnsmasq: dnsmasqOptions.optional(),
});

export type SwarmOptions = z.output<typeof swarmOptions>;
