import { z } from 'zod';
import { K3S_API_PORT, K3S_CLUSTER_CIDR, K3S_NODE_PORTS, K3S_SERVICE_CIDR } from '../net/well-known';
import { usualClusterDns } from './cluster-dns';
import {
  absolutePath,
  address,
  domainName,
  hostOrAddress,
  named,
  port,
  portRange,
  prefix,
  reference,
  source,
} from './fields';
import { mark } from './marks';

/** A flag by K3s's own name, without the dashes in front of it on a command line. */
const flagName = () =>
  mark(z.string().regex(FLAG, 'must be a flag by its name alone, such as kubelet-arg'), {
    mend: (text) => (FLAG.test(text.replace(/^-+/, '')) ? text.replace(/^-+/, '') : undefined),
  });

const FLAG = /^[a-z][a-z0-9-]*$/;

const flag = z.union([z.string(), z.boolean(), z.array(z.string())]);

/** A K3s release as its tags are named: the Kubernetes version and K3s's own number. */
const release = () =>
  mark(z.string().regex(RELEASE, 'must be a K3s release such as v1.34.6+k3s1'), {
    mend: (text) => (/^v?\d+\.\d+\.\d+$/.test(text) ? `v${text.replace('v', '')}+k3s1` : undefined),
  });

const RELEASE = /^v\d+\.\d+\.\d+\+k3s\d+$/;

const written = z.strictObject({
  /** K3s release, the same on every node. @default the version this Wayleave was tested with */
  version: release().optional(),
  /** The network whose addresses the nodes use among themselves (node-ip, etcd, kubelet, Flannel). */
  nodeNetwork: reference('network'),
  /** A network whose addresses are announced as external (node-external-ip). */
  externalNetwork: reference('network').optional(),
  /** Pod ranges, one a family. @default 10.42.0.0/16 (K3s) */
  clusterCidrs: z.array(prefix()).min(1).max(2).prefault([K3S_CLUSTER_CIDR]),
  /** Service ranges, one a family. @default 10.43.0.0/16 (K3s) */
  serviceCidrs: z.array(prefix()).min(1).max(2).prefault([K3S_SERVICE_CIDR]),
  /** Cluster DNS, inside the service range. @default the tenth address of the first service range, 10.43.0.10 (K3s) */
  clusterDns: address().optional(),
  /** @default cluster.local (K3s) */
  clusterDomain: domainName().default('cluster.local'),
  /** Ports of NodePort Services. @default 30000-32767 (Kubernetes) */
  nodePorts: portRange().prefault(K3S_NODE_PORTS),
  /** How kube-proxy routes Services; ignored where the CNI replaces it. */
  proxy: z
    .strictObject({
      /** @default iptables (K3s) */
      mode: z.enum(['iptables', 'ipvs', 'nftables']).default('iptables'),
      /** IPVS scheduler. @default rr (kube-proxy) */
      scheduler: z.enum(['rr', 'wrr', 'lc', 'wlc', 'sh', 'dh', 'sed', 'nq']).default('rr'),
      /** Answer ARP for Service addresses only where they are configured; MetalLB needs it with IPVS. @default false (kube-proxy) */
      strictArp: z.boolean().default(false),
    })
    .prefault({}),
  /** The datastore. @default etcd (Wayleave; K3s takes sqlite unless told otherwise) */
  datastore: z.enum(['etcd', 'sqlite']).default('etcd'),
  /** The server that starts the cluster. @default the first server by name (Wayleave) */
  initServer: reference('node').optional(),
  /** File on each host that holds the cluster's token; its content never enters the output. @default /etc/rancher/k3s/token (Wayleave) */
  tokenFile: absolutePath().default('/etc/rancher/k3s/token'),
  /** Names and addresses for the API's certificate beside those in use. K3s leaves wildcards out of it. */
  tlsNames: z.array(hostOrAddress()).default([]),
  /** Packaged components to leave out, beside those that other choices leave out. */
  disable: z
    .array(z.enum(['coredns', 'servicelb', 'traefik', 'local-storage', 'metrics-server', 'runtimes']))
    .default([]),
  /** Further flags by K3s's own names, for what Wayleave has no field for. */
  extraFlags: z
    .strictObject({ server: named(flagName(), flag).default({}), agent: named(flagName(), flag).default({}) })
    .prefault({}),
});

/** K3s itself. Flags that follow from the rest of the spec are derived, not written here. */
export const k3s = written.transform(({ clusterDns, ...options }) => ({
  ...options,
  clusterDns: clusterDns ?? usualClusterDns(options.serviceCidrs),
}));

export type K3s = z.output<typeof k3s>;

/** How operators and machines reach the Kubernetes API from outside. */
export const api = z.strictObject({
  /**
   * What a kubeconfig names: the first server's address on a network, a name or address of one's own,
   * or a virtual address on a network. @default the node network's address of the first server (Wayleave)
   */
  endpoint: z
    .union([
      z.strictObject({ network: reference('network') }),
      z.strictObject({ host: hostOrAddress() }),
      z.strictObject({ vip: address(), network: reference('network') }),
    ])
    .optional(),
  /** Port that clients dial; another one is mapped to K3s's by whatever `endpoint.host` leads to. @default 6443 (K3s) */
  port: port().default(K3S_API_PORT),
  /** Who may call it beside the nodes. @default nobody (Wayleave) */
  allowFrom: z.array(source()).default([]),
});
