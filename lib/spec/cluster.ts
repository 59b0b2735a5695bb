import { z } from 'zod';
import { argocdOptions } from '../components/argocd/options';
import { calicoOptions } from '../components/calico/options';
import { certManagerOptions } from '../components/cert-manager/options';
import { ciliumLbOptions } from '../components/cilium-lb/options';
import { ciliumOptions } from '../components/cilium/options';
import { cloudflareTunnelOptions } from '../components/cloudflare-tunnel/options';
import { easyhaproxyOptions } from '../components/easyhaproxy/options';
import { firewallOptions } from '../components/firewall/options';
import { flannelOptions } from '../components/flannel/options';
import { gatewayOptions } from '../components/gateway/options';
import { kubeVipOptions } from '../components/kube-vip/options';
import { metallbOptions } from '../components/metallb/options';
import { mssClampOptions } from '../components/mss-clamp/options';
import { servicelbOptions } from '../components/servicelb/options';
import { policiesOption } from '../components/policies/options';
import { storageOptions } from '../components/storage/options';
import { swarmOptions } from '../components/swarm/options';
import { tailscaleOptions } from '../components/tailscale/options';
import { traefikOptions } from '../components/traefik/options';
import { app, dns, outside } from './app';
import { assertion } from './assertion';
import { label, named, notes, reason } from './fields';
import { FINDING_CODES } from './finding';
import { api, k3s } from './k3s';
import { network } from './network';
import { node } from './node';
import { completed } from './orchestrator';

/**
 * One cluster, as its operator wants it. Every component that can be chosen has its line in one of the
 * unions here and its options in its own folder.
 */
const written = z.strictObject({
  /** The cluster's name: its folder in the output. */
  name: label(),
  /** What it is, in a sentence, for the document. */
  purpose: z.string().optional(),
  /** Facts of the whole worth knowing, for the document: where it stands, times that were measured. @default none */
  notes: notes(),
  networks: named(label(), network),
  nodes: named(label(), node),
  /** @default no K3s (Wayleave); then there must be a Swarm */
  k3s: k3s.optional(),
  api: api.prefault({}),
  /** The pod network. */
  cni: z.discriminatedUnion('kind', [flannelOptions, ciliumOptions, calicoOptions]).optional(),
  /** What allocates and announces LoadBalancer addresses. @default nothing (Wayleave; K3s starts ServiceLB unless told otherwise) */
  loadBalancers: z
    .array(z.discriminatedUnion('kind', [servicelbOptions, metallbOptions, kubeVipOptions, ciliumLbOptions]))
    .default([]),
  /** What answers on 80 and 443. */
  ingress: z.array(z.discriminatedUnion('kind', [traefikOptions, easyhaproxyOptions, gatewayOptions])).default([]),
  certificates: z.discriminatedUnion('kind', [certManagerOptions]).optional(),
  /** Ways in that open no port. */
  tunnels: z.array(z.discriminatedUnion('kind', [cloudflareTunnelOptions, tailscaleOptions])).default([]),
  /** Network policies made of the flows: enforced, rendered for watching alone, or none. @default enforce (Wayleave) */
  policies: policiesOption.default('enforce'),
  firewall: firewallOptions.prefault({ kind: 'nftables' }),
  dns: dns.prefault({}),
  /** Parties outside the cluster that its apps call, or that call it. */
  outside: named(label(), outside).default({}),
  apps: named(label(), app).default({}),
  /** Storage that nodes serve over one of the networks. */
  storage: named(label(), storageOptions).default({}),
  /** Docker Swarm, instead of K3s or beside it on the same nodes. */
  swarm: swarmOptions.optional(),
  mssClamp: mssClampOptions.optional(),
  gitops: z.discriminatedUnion('kind', [argocdOptions]).optional(),
  /**
   * Who must reach whom and who must not, for `wayleave test`: `honeydue/worker → redis:6379 yes`,
   * `any pod → node:10250 no`, `any pod → redis:6379 only api, worker`. @default none
   */
  tests: z.array(assertion()).default([]),
  /** Findings that are known and meant, each at one place. */
  accept: z
    .array(
      z.strictObject({
        /** Code of the finding, as it is printed; `wayleave explain CODE` says what it means. */
        code: z.enum(FINDING_CODES),
        /** Place of the finding, as it is printed: `apps.api.hosts[0]`. */
        at: z.string().min(1),
        /** Why it is meant, in one line; NETWORK.md lists it. */
        reason: reason(),
      }),
    )
    .default([]),
});

/** What is read, and what of it goes without saying where a cluster has a Swarm and no K3s. */
export const clusterSchema = written.transform(completed);

/** What an operator writes. */
export type ClusterSpec = z.input<typeof clusterSchema>;

/** What it means: defaults filled in, texts parsed, records in order. */
export type Cluster = z.output<typeof clusterSchema>;
