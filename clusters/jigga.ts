import type { ClusterSpec } from '../lib/spec/cluster';

const server = (lan: number, sdn: number, pods: number, proxmoxHost: string) => ({
  role: 'server' as const,
  addresses: { lan: `192.168.7.${lan}`, sdn: `10.0.0.${sdn}` },
  observedPodRange: `10.42.${pods}.0/24`,
  notes: [`A virtual machine on ${proxmoxHost}.`],
});

/** The household's own: by LAN, and by tailnet from elsewhere. */
const household = [{ network: 'lan' }, { network: 'tailnet' }];

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
      purpose: 'private network of the machines, by VXLAN between the Proxmox hosts',
      notes: [
        'The gateway is a virtual one, of the SDN.',
        'A machine hands its packets to the bridge k3svnet of its Proxmox host, whose VTEP wraps them in VXLAN; UDP between 192.168.7.233, 192.168.7.234 and 192.168.7.235 carries them, and the VTEP of the other host unwraps them for its machine.',
      ],
    },
    tailnet: { kind: 'tailnet', interface: 'tailscale0', purpose: 'devices of the household' },
  },

  nodes: {
    ichigo: server(223, 10, 0, 'pve-alpha'),
    naruto: server(224, 11, 1, 'pve-beta'),
    tanjiro: server(225, 12, 2, 'pve-gamma'),
  },

  k3s: { nodeNetwork: 'sdn' },
  api: { endpoint: { network: 'lan' }, allowFrom: [{ network: 'lan' }] },
  cni: { kind: 'flannel', backend: 'vxlan' },

  loadBalancers: [
    {
      kind: 'metallb',
      mode: 'l2',
      pools: {
        // Up to .232: the Proxmox hosts follow.
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
      allowFrom: household,
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
      // Stands for the tunnel's real id, which Cloudflare assigns.
      tunnelId: '00000000-0000-4000-8000-000000000000',
      replicas: 2,
    },
    {
      kind: 'tailscale',
      network: 'tailnet',
      connectors: {
        // Pods, Services and the pool, all of it and nothing else: .230/31 and .232.
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
    grafana: {
      namespace: 'monitoring',
      ports: { http: { container: 3000, service: 80 } },
      hosts: ['grafana.int.jigga.xyz'],
      needs: [{ app: 'prometheus', reason: 'what its dashboards show' }],
    },
    prometheus: {
      namespace: 'monitoring',
      ports: { http: 9090 },
      hosts: ['prometheus.int.jigga.xyz'],
      needs: [
        { kubernetes: 'api', reason: 'learns what there is to measure' },
        { nodes: 'all', port: 10250, encryptedBy: 'TLS', reason: 'kubelet and container metrics' },
        { workload: 'kube-system/coredns', port: 9153, reason: 'metrics of cluster DNS' },
        { workload: 'kube-system/traefik', port: 9100, reason: 'metrics of the ingress' },
      ],
    },
    mqtt: {
      namespace: 'mqtt',
      ports: { mqtt: 1883 },
      loadBalancer: { addresses: '192.168.7.231', pool: 'lan-pool', allowFrom: household },
      purpose: 'messages of household devices',
    },
  },

  tests: [
    'cloudflared → homepage:80 yes',
    'cloudflared → grafana:80 no',
    'lan → mqtt:1883 yes',
    'grafana → prometheus:9090 yes',
    '* → prometheus:9090 only grafana, kube-system/traefik, k3s-router',
    'internet → node:22 no',
    'any pod → node:10250 only metrics-server, prometheus',
  ],

  gitops: {
    kind: 'argocd',
    repository: 'https://github.com/jigga/infrastructure.git',
    host: 'argocd.int.jigga.xyz',
  },

  accept: [
    {
      code: 'RECORD_PRIVATE',
      at: 'dns.records[0]',
      reason: 'meant for the household alone, who are on the LAN or on the tailnet; the address tells strangers little',
    },
  ],
} satisfies ClusterSpec;
