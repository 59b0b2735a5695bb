import type { ClusterSpec } from '../lib/spec/cluster';

/** K3s on a WireGuard overlay between two rented machines. The keys are throw-away ones. */
export default {
  name: 'nimbus',
  purpose: 'Compute on two rented machines, which speak to each other on a WireGuard overlay alone',

  networks: {
    public: {
      kind: 'public',
      interface: 'eth0',
      purpose: "the provider's network",
      notes: ['Its addresses are private ones (RFC 1918): they stand for those that a provider gives.'],
    },
    overlay: {
      kind: 'wireguard',
      interface: 'wg-nimbus',
      prefix: '10.10.0.0/16',
      over: 'public',
      port: 51820,
      topology: 'mesh',
      purpose: 'everything between the nodes',
    },
  },

  nodes: {
    a: {
      role: 'server',
      addresses: { public: '10.108.0.3', overlay: '10.10.0.1' },
      wireguard: { overlay: { publicKey: 'HIgo9xNzJMWLKASShiTqIybxZ0U3wGLiUeJ1PKf8ykw=' } },
    },
    b: {
      role: 'agent',
      addresses: { public: '10.108.0.4', overlay: '10.10.0.2' },
      wireguard: { overlay: { publicKey: 'xTIBA5rboUvnH4htodjb6e697QjLERt1NAB4mZqp8Dg=' } },
    },
  },

  k3s: { nodeNetwork: 'overlay', datastore: 'sqlite' },
  api: { endpoint: { network: 'public' }, allowFrom: ['anywhere'] },
  cni: { kind: 'flannel', backend: 'vxlan' },

  ingress: [{ kind: 'easyhaproxy', network: 'public', allowFrom: ['anywhere', { network: 'overlay' }] }],

  storage: {
    volumes: {
      kind: 'nfs',
      node: 'a',
      network: 'overlay',
      path: '/srv/nimbus/volumes',
      version: 4,
      mountOptions: ['rw', 'nolock', 'soft'],
    },
    objects: { kind: 'minio', nodes: { names: ['a'] }, network: 'overlay', namespace: 'storage', port: 9000 },
  },

  dns: {
    zones: { 'example.com': { provider: 'cloudflare' } },
    records: [
      {
        name: '*.nimbus.example.com',
        type: 'A',
        value: '10.108.0.3',
        purpose: 'names of what runs here, by the public address of a',
      },
    ],
  },

  firewall: { kind: 'nftables', ssh: { from: ['anywhere'] } },

  accept: [
    {
      code: 'ADDRESS_NOT_PUBLIC',
      at: 'networks.public.kind',
      reason: 'the addresses stand for those that a provider gives; the text shows private ones in their place',
    },
    {
      code: 'RECORD_PRIVATE',
      at: 'dns.records[0]',
      reason: 'the same: in use, the record holds the address that the provider gave',
    },
    {
      code: 'PORT_EXPOSED',
      at: 'firewall.ssh.from[0]',
      reason: 'nothing is known of where its operators are',
    },
    {
      code: 'PORT_EXPOSED',
      at: 'api.allowFrom[0]',
      reason: 'the kubeconfig is to work from any machine; certificates of clients are asked for',
    },
  ],

  tests: [
    'internet → easyhaproxy:443 yes',
    'b → a:9000 yes',
    'internet → node:9000 no',
    'internet → node:2049 no',
    'any pod → node:10250 only metrics-server',
  ],
} satisfies ClusterSpec;
