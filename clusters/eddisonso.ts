import type { ClusterSpec } from '../lib/spec/cluster';

const node = (role: 'server' | 'agent', arch: 'amd64' | 'arm64', last: number) => ({
  role,
  arch,
  addresses: { lan: `192.168.3.${last}` },
});

const postgres = { app: 'haproxy', reason: 'its database' };
const nats = { app: 'nats', port: 'nats', reason: 'events between services' };
const logs = { app: 'log-service', port: 'grpc', reason: 'its logs' };

/** An HTTP service of the cloud, under a name of its own. */
const service = (name: string, purpose: string) => ({
  namespace: 'core',
  ports: { http: { container: 8080, service: 80 } },
  hosts: [`${name}.cloud.eddisonso.com`],
  purpose,
});

export default {
  name: 'eddisonso',
  purpose: 'A small cloud on eight machines of two architectures, behind a gateway of its own',

  networks: {
    lan: {
      kind: 'lan',
      interface: 'eth0',
      prefix: '192.168.3.0/24',
      gateway: '192.168.3.1',
      purpose: 'one flat network of all nodes: one broadcast domain',
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

  k3s: { nodeNetwork: 'lan', datastore: 'sqlite' },
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
          interfaces: ['eth0'],
        },
      },
    },
  ],

  ingress: [
    {
      kind: 'gateway',
      name: 'gateway',
      namespace: 'core',
      image: 'docker.io/eddisonso/ecloud-gateway:7754bc0',
      replicas: 1,
      nodes: { labels: { 'core-services': 'true' } },
      addresses: '192.168.3.200',
      pool: 'compute-pool',
      externalTrafficPolicy: 'Local',
      ports: {
        http: { container: 18080, service: 80 },
        https: { container: 8443, service: 443, tls: true },
        ssh: { container: 2222, service: 2222, encryptedBy: 'SSH', purpose: 'SSH to the containers of users' },
        'ssh-short': {
          container: 2222,
          service: 22,
          encryptedBy: 'SSH',
          purpose: 'the same, by the port that clients take by themselves',
        },
        containers: { service: '8000-8999', purpose: 'what users open for their containers' },
      },
      certificate: 'eddisonso-wildcard',
      certificateFolder: '/tls',
      routesFile: '/routes.yaml',
      health: { port: 9091 },
      args: [
        ...['-ssh-port', '2222', '-http-port', '18080', '-https-port', '8443', '-log-service', 'log-service:50051'],
        ...['-tls-cert', '/tls/tls.crt', '-tls-key', '/tls/tls.key'],
      ],
      secretEnvironment: { DATABASE_URL: { name: 'postgres-credentials', key: 'DATABASE_URL' } },
      forwards: [
        { port: 'ssh', namespace: 'compute', to: 22, reason: 'SSH to the containers of users' },
        {
          port: 'containers',
          namespace: 'compute',
          to: '1-65535',
          reason: 'ports that users opened for their containers',
        },
      ],
      needs: [
        { app: 'haproxy', reason: 'gateway_db and compute_db: routes, and users’ SSH keys' },
        { app: 'nats', port: 'nats', reason: 'hears of containers that start and stop' },
        logs,
      ],
    },
  ],

  certificates: {
    kind: 'cert-manager',
    issuers: {
      'letsencrypt-cloudflare': {
        server: 'letsencrypt',
        solvers: [
          {
            kind: 'dns01-cloudflare',
            apiToken: { name: 'cloudflare-api-token', key: 'api-token' },
            zones: ['eddisonso.com'],
          },
        ],
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
    // The LAN answers these names itself, and would be asked for the challenge.
    recursiveNameservers: ['1.1.1.1:53', '9.9.9.9:53'],
  },

  // Calico's host endpoints are the firewall of the nodes.
  firewall: { kind: 'none', ssh: { from: [{ network: 'lan' }] } },

  // Served to the LAN by its own resolver: no private address in public DNS.
  dns: {
    zones: { 'eddisonso.com': { provider: 'none' } },
    records: [
      { name: '*.eddisonso.com', type: 'A', value: '192.168.3.200', purpose: 'gateway' },
      { name: '*.cloud.eddisonso.com', type: 'A', value: '192.168.3.200', purpose: 'gateway' },
      // The name exists because of those below it, so that no wildcard above it answers for it (RFC 4592).
      { name: 'cloud.eddisonso.com', type: 'A', value: '192.168.3.200', purpose: 'gateway' },
    ],
  },

  apps: {
    'simple-file-share-frontend': {
      namespace: 'core',
      ports: { http: 80 },
      hosts: ['cloud.eddisonso.com'],
      purpose: 'main dashboard',
    },
    'auth-service': { ...service('auth', 'authentication API'), needs: [postgres, nats, logs] },
    'simple-file-share-backend': {
      ...service('storage', 'storage API'),
      needs: [
        postgres,
        nats,
        logs,
        { app: 'gfs-master', reason: 'where files lie' },
        { app: 'gfs-chunkserver', port: 'client', by: 'node', reason: 'the files themselves' },
      ],
    },
    'edd-compute': {
      ...service('compute', 'compute API'),
      needs: [
        postgres,
        nats,
        logs,
        { app: 'auth-service', reason: 'who a user is' },
        { kubernetes: 'api', reason: 'makes and removes the containers of users' },
      ],
    },
    'cluster-monitor': {
      ...service('health', 'health API'),
      needs: [logs, { kubernetes: 'api', reason: 'the state of nodes and pods' }],
    },
    'log-service': {
      namespace: 'core',
      ports: { http: { container: 8080, service: 80 }, grpc: 50051 },
      hosts: [{ host: 'health.cloud.eddisonso.com', path: '/logs', port: 'http' }],
      purpose: 'logs of every service',
    },
    'notification-service': { ...service('notifications', 'notification API'), needs: [postgres, nats, logs] },
    'edd-cloud-docs': {
      namespace: 'core',
      ports: { http: 80 },
      hosts: ['docs.cloud.eddisonso.com'],
      purpose: 'documentation',
    },
    'gfs-master': { namespace: 'core', ports: { grpc: 9000 }, needs: [logs], purpose: 'directory of the file system' },
    'gfs-chunkserver': {
      namespace: 'core',
      hostNetwork: true,
      nodes: { names: ['s1', 's2', 's3'] },
      ports: { client: 9080, replication: 9081 },
      needs: [
        { app: 'gfs-master', reason: 'registers its chunks' },
        { app: 'gfs-chunkserver', port: 'replication', by: 'node', reason: 'copies of chunks' },
        logs,
      ],
      purpose: 'file contents, on the host network to spare large transfers the VXLAN',
    },
    postgres: { namespace: 'core', ports: { postgres: 5432 }, purpose: 'the databases' },
    haproxy: {
      namespace: 'core',
      ports: { postgres: 5432 },
      needs: [{ app: 'postgres', reason: 'the database behind it' }],
      purpose: 'the way to PostgreSQL',
    },
    nats: {
      namespace: 'core',
      ports: { nats: 4222, monitoring: 8222 },
      purpose: 'events; 8222 is its HTTP monitoring',
    },
  },

  tests: [
    'gateway → auth-service:80 yes',
    'lan → gateway:443 yes',
    'internet → gateway:443 yes',
    'auth-service → postgres:5432 no',
    '* → postgres:5432 only haproxy',
    'gfs-chunkserver → gfs-master:9000 yes',
    'any pod → node:10250 only metrics-server',
    'compute/* → core/* no',
  ],

  accept: [
    {
      code: 'FLOW_IN_CLEAR',
      at: 'ingress[0].ports.http',
      reason: 'as the operator runs it: plain HTTP is routed by its Host header as HTTPS is, and no redirect is named',
    },
    {
      code: 'FLOW_IN_CLEAR',
      at: 'ingress[0].ports.containers',
      reason:
        'users choose what their containers speak: the gateway passes their TLS through, and the rest as it comes',
    },
  ],
} satisfies ClusterSpec;
