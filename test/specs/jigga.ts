import type { ClusterSpec } from '../../lib/spec/cluster';

const server = (lan: number, sdn: number) => ({
  role: 'server' as const,
  addresses: { lan: `192.168.7.${lan}`, sdn: `10.0.0.${sdn}` },
});

const inside = (name: string, namespace: string, port: number) => ({
  namespace,
  ports: { http: port },
  hosts: [`${name}.int.jigga.xyz`],
});

/** Seed 003: three virtual machines on a Proxmox SDN; MetalLB, Traefik, a Cloudflare Tunnel and a Tailscale router. */
export default {
  name: 'jigga',
  purpose: 'Three virtual machines on Proxmox, reached from outside by tunnel and tailnet alone',

  networks: {
    lan: {
      kind: 'lan',
      interface: 'eth0',
      prefix: '192.168.7.0/24',
      gateway: '192.168.7.1',
      reserved: [
        { owner: 'pve-alpha', addresses: '192.168.7.233', purpose: 'Proxmox host of ichigo' },
        { owner: 'pve-beta', addresses: '192.168.7.234', purpose: 'Proxmox host of naruto' },
        { owner: 'pve-gamma', addresses: '192.168.7.235', purpose: 'Proxmox host of tanjiro' },
      ],
      purpose: 'the home network',
    },
    sdn: {
      kind: 'sdn',
      interface: 'eth1',
      prefix: '10.0.0.0/24',
      gateway: '10.0.0.1',
      mtuBytes: 1450,
      purpose: 'VXLAN between the Proxmox hosts',
    },
    tailnet: { kind: 'tailnet', interface: 'tailscale0', purpose: 'devices of the household' },
  },

  nodes: {
    ichigo: { ...server(223, 10), observedPodRange: '10.42.0.0/24' },
    naruto: { ...server(224, 11), observedPodRange: '10.42.1.0/24' },
    tanjiro: { ...server(225, 12), observedPodRange: '10.42.2.0/24' },
  },

  k3s: { nodeNetwork: 'sdn', disable: ['servicelb'] },
  api: { endpoint: { network: 'lan' }, allowFrom: [{ network: 'lan' }] },
  cni: { kind: 'flannel', backend: 'vxlan' },

  loadBalancers: [
    {
      kind: 'metallb',
      mode: 'l2',
      pools: {
        'lan-pool': {
          addresses: '192.168.7.230-192.168.7.232',
          network: 'lan',
          advertisement: 'lan-l2',
          interfaces: ['eth0'],
        },
      },
    },
  ],

  ingress: [
    {
      kind: 'traefik',
      mode: 'load-balancer',
      network: 'lan',
      services: { traefik: { addresses: '192.168.7.230', pool: 'lan-pool' } },
      allowFrom: [{ network: 'lan' }, { network: 'tailnet' }],
      defaultCertificate: 'internal',
    },
  ],

  certificates: {
    kind: 'cert-manager',
    issuers: {
      'letsencrypt-dns-prod': {
        server: 'letsencrypt',
        solvers: [
          {
            kind: 'dns01-cloudflare',
            apiToken: { name: 'cloudflare-api-token', key: 'api-token' },
            zones: ['jigga.xyz'],
          },
        ],
      },
    },
    certificates: {
      internal: { namespace: 'kube-system', issuer: 'letsencrypt-dns-prod', names: ['*.int.jigga.xyz'] },
    },
    recursiveNameservers: ['1.1.1.1:53', '9.9.9.9:53'],
  },

  tunnels: [
    {
      kind: 'cloudflare-tunnel',
      name: 'public',
      namespace: 'cloudflare',
      tunnelId: '00000000-0000-4000-8000-000000000000',
      replicas: 2,
    },
    {
      kind: 'tailscale',
      network: 'tailnet',
      connectors: {
        'k3s-router': { routes: ['10.42.0.0/16', '10.43.0.0/16', '192.168.7.230/31', '192.168.7.232/32'] },
      },
    },
  ],

  firewall: { kind: 'nftables', ssh: { from: [{ network: 'lan' }] } },

  dns: {
    zones: { 'jigga.xyz': { provider: 'cloudflare', proxied: true } },
    records: [
      { name: '*.int.jigga.xyz', type: 'A', value: '192.168.7.230', proxied: false, purpose: 'internal wildcard' },
    ],
  },

  apps: {
    homepage: {
      namespace: 'homepage',
      ports: { http: 80 },
      hosts: [{ host: 'jigga.xyz', tunnel: 'public' }],
      purpose: 'the front page',
    },
    vaultwarden: {
      namespace: 'vaultwarden',
      ports: { http: 80 },
      hosts: [{ host: 'passwords.jigga.xyz', tunnel: 'public' }],
      purpose: 'passwords',
    },
    'argocd-server': inside('argocd', 'argocd', 80),
    grafana: inside('grafana', 'monitoring', 80),
    prometheus: { namespace: 'monitoring', ports: { http: 9090 } },
    mqtt: {
      namespace: 'mqtt',
      ports: { mqtt: 1883 },
      loadBalancer: {
        addresses: '192.168.7.231',
        pool: 'lan-pool',
        allowFrom: [{ network: 'lan' }, { network: 'tailnet' }],
      },
      purpose: 'messages of household devices',
    },
  },
} satisfies ClusterSpec;
