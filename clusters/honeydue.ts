import type { ClusterSpec } from '../lib/spec/cluster';

const MACHINE = ['Hetzner CX33 in Nuremberg, with Ubuntu 24.04.3 LTS'];

const spec: ClusterSpec = {
  name: 'honeydue',
  purpose: 'The honeyDue API, its admin panel and its worker on three rented servers in Nuremberg',

  notes: [
    'All three machines stand in Nuremberg: if that datacentre is lost, everything is down.',
    'Typical times of a read that no cache answers, for a client in North America: 200–300 ms in all, most of it across the Atlantic.',
    'Client to Cloudflare’s edge: 5–15 ms.',
    'Cloudflare’s edge to a node, by HTTP on port 80: 90–120 ms. What Cloudflare has in its cache never comes this far.',
    'Firewall and kernel: under 1 ms. Traefik: 1–2 ms.',
    'Traefik to a pod: under 1 ms on the same node, 1–3 ms on another, by VXLAN.',
    'The Go API: 1–5 ms. Its query to Neon: 20–60 ms. The way back takes as long as the way in.',
  ],

  networks: {
    hetzner: {
      kind: 'public',
      interface: 'eth0',
      mtuBytes: 1500,
      purpose: "Hetzner's public network; no private one is attached",
      notes: [
        'About 1 Gbit/s for each node, and about 0.5 ms between two of them; VXLAN adds 5 to 10 µs of work.',
        '20 TB a month outbound are included for each node; inbound is free.',
        'Each node has a public IPv6 /64 of which it uses one address; the cluster uses IPv4 only.',
        'The default route is 172.31.1.1 on eth0, the provider’s gateway.',
        'The other way would be a private network of Hetzner’s: attach it to all three nodes, add it to networks with its addresses and name it as k3s.nodeNetwork, so that pod traffic and etcd leave the public one. Servers of a live etcd change their addresses by being rebuilt, one at a time.',
      ],
    },
  },

  nodes: {
    hetzner1: {
      hostname: 'ubuntu-8gb-nbg1-2',
      role: 'server',
      addresses: { hetzner: '178.104.247.152' },
      observedPodRange: '10.42.0.0/24',
      notes: MACHINE,
    },
    hetzner2: {
      hostname: 'ubuntu-8gb-nbg1-1',
      role: 'server',
      addresses: { hetzner: '178.105.32.198' },
      observedPodRange: '10.42.1.0/24',
      notes: MACHINE,
    },
    hetzner3: {
      hostname: 'ubuntu-8gb-nbg1-3',
      role: 'server',
      addresses: { hetzner: '178.104.249.189' },
      observedPodRange: '10.42.2.0/24',
      notes: MACHINE,
    },
  },

  k3s: {
    version: 'v1.34.6+k3s1',
    nodeNetwork: 'hetzner',
    clusterCidrs: ['10.42.0.0/16'],
    serviceCidrs: ['10.43.0.0/16'],
    clusterDns: '10.43.0.10',
    proxy: { mode: 'ipvs' },
  },

  // Pod traffic crosses the public network in clear. `wireguard-native` is the one word that changes this.
  cni: { kind: 'flannel', backend: 'vxlan' },

  firewall: { kind: 'ufw', ssh: { from: ['anywhere'] } },

  ingress: [
    {
      kind: 'traefik',
      mode: 'host-network',
      allowFrom: ['cloudflare'],
      trustForwardedFrom: ['cloudflare'],
    },
  ],

  dns: {
    zones: { 'myhoneydue.com': { provider: 'cloudflare', proxied: true, originTls: 'flexible' } },
  },

  outside: {
    neon: {
      names: ['*.us-east-1.aws.neon.tech'],
      purpose: 'Postgres',
      notes: [
        'In AWS us-east-1, about 100 ms there and back: the slowest link of the application.',
        'The app connects with DB_SSLMODE=require.',
      ],
    },
    backblaze: { names: ['*.backblazeb2.com'], purpose: 'object storage' },
    fastmail: { names: ['smtp.fastmail.com'], purpose: 'mail relay' },
  },

  apps: {
    api: {
      namespace: 'honeydue',
      purpose: 'the Go API, which also serves the landing page',
      ports: { http: 8000 },
      observedClusterIp: '10.43.167.83',
      notes: [
        'Go’s resolver keeps no answers: each new connection asks DNS again, so that new connections fail at once while CoreDNS is away.',
      ],
      hosts: ['api.myhoneydue.com', 'myhoneydue.com'],
      needs: [
        { app: 'redis', reason: 'cache, and jobs for the worker' },
        { outside: 'neon', port: 5432, encryptedBy: 'TLS 1.3', reason: 'the database' },
        { outside: 'backblaze', port: 443, encryptedBy: 'TLS', reason: 'uploaded files' },
        { outside: 'fastmail', port: 587, encryptedBy: 'STARTTLS', reason: 'mail to users' },
      ],
    },
    admin: {
      namespace: 'honeydue',
      purpose: 'the admin panel, Next.js',
      ports: { http: 3000 },
      observedClusterIp: '10.43.136.168',
      notes: ['Node’s resolver keeps no answers either: each new connection asks DNS again.'],
      hosts: ['admin.myhoneydue.com'],
    },
    worker: {
      namespace: 'honeydue',
      purpose: 'scheduled and queued jobs; listens to nobody',
      needs: [
        { app: 'redis', reason: 'its queue of jobs' },
        { outside: 'backblaze', port: 443, encryptedBy: 'TLS', reason: 'uploaded files' },
      ],
    },
    redis: {
      namespace: 'honeydue',
      purpose: 'cache and job queue, inside the cluster only',
      ports: { redis: 6379 },
      observedClusterIp: '10.43.7.10',
      notes: ['It holds a cache and the state of Asynq’s queue, and no credentials of users.'],
    },
  },

  tests: [
    'cloudflare → traefik:443 yes',
    'internet → traefik:443 yes',
    'internet → node:10250 no',
    'traefik → api:8000 yes',
    'honeydue/worker → redis:6379 yes',
    'honeydue/admin → redis:6379 no',
    '* → neon:5432 only api',
    'any pod → node:10250 only metrics-server',
    'argocd/* → honeydue/* no',
  ],

  gitops: {
    kind: 'argocd',
    repository: 'https://github.com/honeydue/infrastructure.git',
    revision: 'main',
    path: 'dist',
  },

  accept: [
    {
      code: 'ETCD_FAR',
      at: 'k3s.nodeNetwork',
      reason: 'all three machines stand in one datacentre, half a millisecond apart, and etcd speaks TLS',
    },
    {
      code: 'FLOW_IN_CLEAR',
      at: 'networks.hetzner',
      reason: 'as the operator runs it today; wireguard-native is to follow, and no credentials of users are in Redis',
    },
    {
      code: 'ORIGIN_IN_CLEAR',
      at: 'dns.zones["myhoneydue.com"].originTls',
      reason: 'as the operator runs it today: the origin has no certificate yet',
    },
    {
      code: 'PORT_EXPOSED',
      at: 'firewall.ssh.from[0]',
      reason: 'operators log in from addresses that change; keys alone are accepted',
    },
  ],
};

export default spec;
