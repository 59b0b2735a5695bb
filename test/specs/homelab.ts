import type { ClusterSpec } from '../../lib/spec/cluster';

const server = (last: number) => ({ role: 'server' as const, addresses: { lan: `192.168.1.${last}` } });

/** Seed 004: Cilium in place of kube-proxy, kube-vip for the API and for Services, Traefik behind two addresses. */
export default {
  name: 'homelab',
  purpose: 'A cluster on a home LAN, with a virtual address for its API and two for its ingress',

  networks: {
    lan: {
      kind: 'lan',
      interface: 'vmbr0',
      prefix: '192.168.1.0/24',
      gateway: '192.168.1.1',
      dhcp: '192.168.1.100-192.168.1.199',
      purpose: 'the home LAN',
    },
  },

  nodes: { node1: server(11), node2: server(12), node3: server(13) },

  k3s: { nodeNetwork: 'lan', disable: ['servicelb', 'local-storage', 'traefik'] },
  api: { endpoint: { vip: '192.168.1.230', network: 'lan' }, allowFrom: [{ network: 'lan' }] },

  cni: {
    kind: 'cilium',
    kubeProxyReplacement: true,
    routing: 'geneve',
    encryption: 'wireguard',
    devices: ['eno1', 'vmbr0'],
    hubble: { relay: true, ui: true },
    l2Announcements: false,
  },

  loadBalancers: [
    {
      kind: 'kube-vip',
      mode: 'arp',
      interface: 'vmbr0',
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

  firewall: { kind: 'none', ssh: { from: [{ network: 'lan' }] } },
  mssClamp: { network: 'lan' },
} satisfies ClusterSpec;
