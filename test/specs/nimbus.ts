import type { ClusterSpec } from '../../lib/spec/cluster';

/** Seed 000: K3s on a WireGuard overlay between two rented machines. The keys are throw-away ones. */
export default {
  name: 'nimbus',
  purpose: 'Compute on two rented machines, which speak to each other on a WireGuard overlay alone',

  networks: {
    public: { kind: 'public', interface: 'eth0', purpose: "the provider's network" },
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

  k3s: { nodeNetwork: 'overlay', datastore: 'sqlite', disable: ['servicelb', 'traefik'] },
  api: { endpoint: { network: 'public' }, allowFrom: ['anywhere'] },
  cni: { kind: 'flannel', backend: 'vxlan' },

  ingress: [{ kind: 'easyhaproxy', network: 'public', allowFrom: ['anywhere'] }],

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

  firewall: { kind: 'nftables', ssh: { from: ['anywhere'] } },
} satisfies ClusterSpec;
