import jigga from '../../clusters/jigga';
import type { ClusterSpec } from '../../lib/spec/cluster';

const { accept: _accept, tests: _tests, ...rest } = jigga;
const { homepage, vaultwarden, grafana, prometheus } = jigga.apps;
const pool = '192.168.7.230-192.168.7.235';

/**
 * jigga as its text has it: a pool over the Proxmox hosts, announced on every interface; a route that ends inside the
 * pool and covers two nodes; all of 100.0.0.0/8 as the tailnet; WireGuard's port open for a router that needs none, and
 * the pool as a source of requests. MQTT is not in the text.
 */
export default {
  ...rest,
  networks: { ...jigga.networks, tailnet: { ...jigga.networks.tailnet, prefix: '100.0.0.0/8' } },
  loadBalancers: [
    {
      kind: 'metallb',
      pools: {
        'default-pool': { addresses: pool, network: 'lan', advertisement: 'default', interfaces: ['eth0', 'eth1'] },
      },
    },
  ],
  ingress: [
    {
      kind: 'traefik',
      network: 'lan',
      services: { traefik: { addresses: '192.168.7.230', pool: 'default-pool' } },
      defaultCertificate: 'internal',
    },
  ],
  tunnels: [
    { kind: 'cloudflare-tunnel', name: 'public', tunnelId: '00000000-0000-4000-8000-000000000000' },
    {
      kind: 'tailscale',
      network: 'tailnet',
      connectors: { 'k3s-router': { routes: ['10.42.0.0/16', '10.43.0.0/16', '192.168.7.224/29'] } },
    },
  ],
  firewall: {
    kind: 'none',
    allow: [
      { from: [{ network: 'tailnet' }], port: 51820, protocol: 'udp', network: 'lan', reason: 'WireGuard' },
      { from: [{ addresses: pool }], port: 80, network: 'lan', reason: 'HTTP' },
      { from: [{ addresses: pool }], port: 443, network: 'lan', reason: 'HTTPS' },
    ],
  },
  apps: { homepage, vaultwarden, grafana, prometheus },
} satisfies ClusterSpec;
