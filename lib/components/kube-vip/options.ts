import { z } from 'zod';
import { address, addressSet, interfaceName, label, named, port, reference } from '../../spec/fields';

/** How long a leader holds an address, and when it renews. The three must grow: retry, renew, lease. */
const lease = {
  /** Seconds. @default 5 (kube-vip) */
  leaseSeconds: z.int().min(2).default(5),
  /** Seconds. @default 3 (kube-vip) */
  renewSeconds: z.int().min(1).default(3),
  /** Seconds. @default 1 (kube-vip) */
  retrySeconds: z.int().min(1).default(1),
};

const asn = () => z.int().min(1).max(4294967295);

/** A router that kube-vip speaks BGP to. */
const peer = z.strictObject({
  address: address(),
  /** Its autonomous system. */
  asn: asn(),
  /** Whether it is more than one hop away. @default false (kube-vip) */
  multihop: z.boolean().default(false),
});

/** kube-vip: announces the API's virtual address, or LoadBalancer addresses, or both. It balances nothing. */
const options = z.strictObject({
  kind: z.literal('kube-vip'),
  /** `arp` in one broadcast domain, `bgp` by routes. @default arp (Wayleave) */
  mode: z.enum(['arp', 'bgp']).default('arp'),
  /** Whom it tells, for `bgp`. */
  bgp: z
    .strictObject({
      /** The cluster's own autonomous system. */
      asn: asn(),
      /** Routers. */
      peers: named(label(), peer),
    })
    .optional(),
  /**
   * Interface that bears the addresses, or by BGP the one that leads to the routers. An interface enslaved to a bridge
   * cannot: name the bridge. @default the network's
   */
  interface: interfaceName().optional(),
  /** Announces the API's virtual address, `api.endpoint.vip`. @default not (Wayleave) */
  controlPlane: z
    .strictObject({
      ...lease,
      /** @default 2112 (kube-vip) */
      metricsPort: port().default(2112),
    })
    .optional(),
  /** Announces LoadBalancer addresses. @default not (Wayleave) */
  services: z
    .strictObject({
      /** Whether by `arp` each Service has a leader of its own, so that addresses spread over nodes. @default true (Wayleave) */
      election: z.boolean().default(true),
      /** The Lease of the election, where Services share a leader. @default plndr-svcs-lock (kube-vip) */
      leaseName: label().default('plndr-svcs-lock'),
      /** The second DaemonSet needs a port of its own. @default 2113 (Wayleave) */
      metricsPort: port().default(2113),
    })
    .optional(),
  /** Addresses for LoadBalancer Services, allocated by kube-vip's cloud provider. `global` serves every namespace. */
  pools: named(
    label(),
    z.strictObject({
      addresses: addressSet(),
      /** The network they lie in and are announced on. */
      network: reference('network'),
    }),
  ).default({}),
});

export const kubeVipOptions = options.refine(({ mode, bgp }) => mode === 'arp' || hasPeers(bgp), {
  path: ['bgp'],
  message: 'must name a router to announce to by BGP',
});

function hasPeers(bgp: z.output<typeof options>['bgp']): boolean {
  return bgp !== undefined && Object.keys(bgp.peers).length > 0;
}

export type KubeVipOptions = z.output<typeof kubeVipOptions>;
