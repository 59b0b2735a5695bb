import type { ClusterSpec } from '../../lib/spec/cluster';

const node = (role: 'server' | 'agent', arch: 'amd64' | 'arm64', last: number) => ({
  role,
  arch,
  addresses: { lan: `192.168.3.${last}` },
});

/** An HTTP service of the cloud, under a name of its own. */
const service = (name: string, purpose: string) => ({
  namespace: 'core',
  ports: { http: { container: 8080, service: 80 } },
  hosts: [`${name}.cloud.eddisonso.com`],
  purpose,
});

const postgres = { app: 'haproxy', reason: 'its database' };
const nats = { app: 'nats', port: 'nats', reason: 'events between services' };

/** Seed 001: eight machines on one LAN; Calico VXLAN, MetalLB and a gateway of its own. */
export default {
  name: 'eddisonso',
  purpose: 'A small cloud on eight machines of two architectures',

  networks: {
    lan: {
      kind: 'lan',
      interface: 'eth0',
      prefix: '192.168.3.0/24',
      gateway: '192.168.3.1',
      purpose: 'one broadcast domain',
    },
  },

  nodes: {
    s0: { ...node('server', 'amd64', 100), labels: { 'core-services': 'true' } },
    s1: node('agent', 'amd64', 101),
    s2: node('agent', 'amd64', 102),
    s3: node('agent', 'amd64', 103),
    rp1: node('agent', 'arm64', 201),
    rp2: node('agent', 'arm64', 202),
    rp3: node('agent', 'arm64', 203),
    rp4: node('agent', 'arm64', 204),
  },

  k3s: { nodeNetwork: 'lan', datastore: 'sqlite', disable: ['traefik', 'servicelb'] },
  api: { allowFrom: [{ network: 'lan' }] },
  cni: { kind: 'calico', encapsulation: 'VXLAN', blockSize: 26, bgp: false, hostEndpoints: true },

  loadBalancers: [
    {
      kind: 'metallb',
      mode: 'l2',
      pools: {
        'compute-pool': {
          addresses: '192.168.3.150-192.168.3.200',
          network: 'lan',
          advertisement: 'compute-l2',
          nodes: { names: ['s0'] },
        },
      },
    },
  ],

  ingress: [
    {
      kind: 'gateway',
      name: 'gateway',
      namespace: 'core',
      image: 'ghcr.io/eddisonso/edd-gateway:1.0.0',
      replicas: 1,
      nodes: { labels: { 'core-services': 'true' } },
      addresses: '192.168.3.200',
      pool: 'compute-pool',
      externalTrafficPolicy: 'Local',
      ports: {
        http: { container: 18080, service: 80 },
        https: { container: 8443, service: 443, tls: true },
        ssh: { container: 2222, service: 2222 },
        'ssh-short': { container: 2222, service: 22 },
        containers: { service: '8000-8999' },
      },
      certificate: 'eddisonso-wildcard',
      forwards: [
        { port: 'ssh', namespace: 'compute', to: 22, reason: 'SSH to the containers of users' },
        {
          port: 'containers',
          namespace: 'compute',
          to: '1-65535',
          reason: 'ports that users opened for their containers',
        },
      ],
    },
  ],

  certificates: {
    kind: 'cert-manager',
    issuers: {
      'letsencrypt-cloudflare': {
        server: 'letsencrypt',
        solvers: [{ kind: 'dns01-cloudflare', apiToken: { name: 'cloudflare-api-token', key: 'api-token' } }],
      },
    },
    certificates: {
      'eddisonso-wildcard': {
        namespace: 'core',
        secretName: 'eddisonso-wildcard-tls',
        issuer: 'letsencrypt-cloudflare',
        names: ['eddisonso.com', '*.eddisonso.com', '*.cloud.eddisonso.com'],
        key: 'ecdsa',
      },
    },
  },

  firewall: { kind: 'none', ssh: { from: [{ network: 'lan' }] } },

  dns: {
    zones: { 'eddisonso.com': { provider: 'cloudflare', proxied: false } },
    records: [
      { name: '*.eddisonso.com', type: 'A', value: '192.168.3.200', purpose: 'gateway' },
      { name: '*.cloud.eddisonso.com', type: 'A', value: '192.168.3.200', purpose: 'gateway' },
    ],
  },

  apps: {
    'simple-file-share-frontend': {
      namespace: 'core',
      ports: { http: 80 },
      hosts: ['cloud.eddisonso.com'],
      purpose: 'main dashboard',
    },
    'auth-service': { ...service('auth', 'authentication API'), needs: [postgres, nats] },
    'simple-file-share-backend': {
      ...service('storage', 'storage API'),
      needs: [
        postgres,
        nats,
        { app: 'gfs-master', reason: 'where files lie' },
        { app: 'gfs-chunkserver', port: 'client', reason: 'the files themselves' },
      ],
    },
    'edd-compute': { ...service('compute', 'compute API'), needs: [postgres, nats] },
    'cluster-monitor': service('health', 'health API'),
    'log-service': {
      namespace: 'core',
      ports: { http: { container: 8080, service: 80 }, grpc: 50051 },
      hosts: [{ host: 'health.cloud.eddisonso.com', path: '/logs', port: 'http' }],
      purpose: 'logs of every service',
    },
    'notification-service': { ...service('notifications', 'notification API'), needs: [postgres, nats] },
    'edd-cloud-docs': {
      namespace: 'core',
      ports: { http: 80 },
      hosts: ['docs.cloud.eddisonso.com'],
      purpose: 'documentation',
    },
    'gfs-master': { namespace: 'core', ports: { grpc: 9000 }, needs: [nats], purpose: 'directory of the file system' },
    'gfs-chunkserver': {
      namespace: 'core',
      hostNetwork: true,
      nodes: { names: ['s1', 's2', 's3'] },
      ports: { client: 9080, replication: 9081 },
      needs: [
        { app: 'gfs-master', reason: 'registers its chunks' },
        { app: 'gfs-chunkserver', port: 'replication', reason: 'copies of chunks' },
      ],
      purpose: 'file contents, on the host network to spare large transfers the VXLAN',
    },
    postgres: { namespace: 'core', ports: { postgres: 5432 } },
    haproxy: {
      namespace: 'core',
      ports: { postgres: 5432 },
      needs: [{ app: 'postgres', reason: 'the database behind it' }],
    },
    nats: { namespace: 'core', ports: { nats: 4222, monitoring: 8222 } },
  },
} satisfies ClusterSpec;
