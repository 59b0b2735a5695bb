import type { ClusterSpec } from '../lib/spec/cluster';

const spec: ClusterSpec = {
  name: 'honeydue',
  purpose: 'The honeyDue API, its admin panel and its worker on three rented servers in Nuremberg',

  networks: {
    hetzner: {
      kind: 'public',
      interface: 'eth0',
      mtuBytes: 1500,
      purpose: "Hetzner's public network; no private one is attached",
    },
  },

  nodes: {
    hetzner1: {
      hostname: 'ubuntu-8gb-nbg1-2',
      role: 'server',
      addresses: { hetzner: '178.104.247.152' },
      observedPodRange: '10.42.0.0/24',
    },
    hetzner2: {
      hostname: 'ubuntu-8gb-nbg1-1',
      role: 'server',
      addresses: { hetzner: '178.105.32.198' },
      observedPodRange: '10.42.1.0/24',
    },
    hetzner3: {
      hostname: 'ubuntu-8gb-nbg1-3',
      role: 'server',
      addresses: { hetzner: '178.104.249.189' },
      observedPodRange: '10.42.2.0/24',
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
    neon: { names: ['*.us-east-1.aws.neon.tech'], purpose: 'Postgres' },
    backblaze: { names: ['*.backblazeb2.com'], purpose: 'object storage' },
    fastmail: { names: ['smtp.fastmail.com'], purpose: 'mail relay' },
  },

  apps: {
    api: {
      namespace: 'honeydue',
      purpose: 'the Go API, which also serves the landing page',
      ports: { http: 8000 },
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
      hosts: ['admin.myhoneydue.com'],
    },
    worker: {
      namespace: 'honeydue',
      purpose: 'scheduled and queued jobs; listens to nobody',
      needs: [
        { app: 'redis', reason: 'its queue of jobs' },
        { outside: 'neon', port: 5432, encryptedBy: 'TLS 1.3', reason: 'the database' },
        { outside: 'backblaze', port: 443, encryptedBy: 'TLS', reason: 'uploaded files' },
        { outside: 'fastmail', port: 587, encryptedBy: 'STARTTLS', reason: 'mail to users' },
      ],
    },
    redis: {
      namespace: 'honeydue',
      purpose: 'cache and job queue, inside the cluster only',
      ports: { redis: 6379 },
    },
  },

  gitops: {
    kind: 'argocd',
    repository: 'https://github.com/honeydue/infrastructure.git',
    revision: 'main',
    path: 'dist',
  },
};

export default spec;
