import type { ClusterSpec } from '../lib/spec/cluster';

const server = (last: number) => ({ role: 'server' as const, addresses: { lan: `192.168.1.${last}` } });

export default {
  name: 'homelab',
  purpose: 'A cluster on a home LAN, with one virtual address for its API and two for its ingress',

  networks: {
    lan: {
      kind: 'lan',
      // The bridge that eno1 is a port of: a port of a bridge cannot bear an address, its bridge does.
      interface: 'vmbr0',
      prefix: '192.168.1.0/24',
      gateway: '192.168.1.1',
      dhcp: '192.168.1.100-192.168.1.199',
      purpose: 'the home LAN',
      notes: ['vmbr0 is the bridge of the physical interface eno1, on every node.'],
    },
  },

  nodes: { node1: server(11), node2: server(12), node3: server(13) },

  k3s: { nodeNetwork: 'lan', disable: ['local-storage'] },
  api: { endpoint: { vip: '192.168.1.230', network: 'lan' }, allowFrom: [{ network: 'lan' }] },

  cni: {
    kind: 'cilium',
    kubeProxyReplacement: true,
    routing: 'geneve',
    encryption: 'wireguard',
    // eno1 is a port of this bridge: Cilium passes bridge ports over.
    devices: ['vmbr0'],
    hubble: { relay: true, ui: true },
    l2Announcements: false,
  },

  loadBalancers: [
    {
      kind: 'kube-vip',
      mode: 'arp',
      controlPlane: { leaseSeconds: 5, renewSeconds: 3, retrySeconds: 1, metricsPort: 2112 },
      services: { election: true, leaseName: 'plndr-svcs-lock', metricsPort: 2113 },
      pools: { global: { addresses: '192.168.1.231-192.168.1.239', network: 'lan' } },
    },
  ],

  ingress: [
    {
      kind: 'traefik',
      install: 'own',
      mode: 'load-balancer',
      workload: 'daemonset',
      network: 'lan',
      entrypoints: {
        web: { port: 80, containerPort: 8000 },
        websecure: { port: 443, containerPort: 8443, tls: true },
        web239: { port: 80, containerPort: 8010 },
        websecure239: { port: 443, containerPort: 8444, tls: true },
      },
      services: {
        traefik: {
          addresses: '192.168.1.231',
          pool: 'global',
          entrypoints: ['web', 'websecure'],
          externalTrafficPolicy: 'Local',
        },
        'traefik-vip239': {
          addresses: '192.168.1.239',
          pool: 'global',
          entrypoints: ['web239', 'websecure239'],
          externalTrafficPolicy: 'Local',
        },
      },
      allowFrom: [{ network: 'lan' }],
    },
  ],

  // The nodes are guarded by Cilium's own policies: netfilter does not see what it handles.
  firewall: { kind: 'none', ssh: { from: [{ network: 'lan' }] } },
  mssClamp: { network: 'lan' },

  tests: [
    'lan → traefik/traefik:443 yes',
    'internet → node:10250 no',
    'argocd-server → argocd-redis:6379 yes',
    'hubble-ui → argocd/* no',
    'any pod → node:10250 only metrics-server',
  ],

  gitops: { kind: 'argocd', repository: 'https://github.com/homelab/infrastructure.git' },
} satisfies ClusterSpec;
