import eddisonso from '../../clusters/eddisonso';
import type { ClusterSpec } from '../../lib/spec/cluster';

const { tests: _tests, accept: _accept, ...rest } = eddisonso;

/**
 * eddisonso as its text has it: public wildcards that answer with a private address, and none of them for the name between
 * them; nodes without a firewall; BIRD beside VXLAN; SSH to containers on 2222 alone. That the address is pinned by
 * `loadBalancerIP` cannot be said in a spec.
 */
export default {
  ...rest,
  cni: { ...eddisonso.cni, bgp: true, hostEndpoints: false },
  loadBalancers: eddisonso.loadBalancers.map((metallb) => {
    const { interfaces: _interfaces, ...pool } = metallb.pools['compute-pool'];
    return { ...metallb, pools: { 'compute-pool': pool } };
  }),
  ingress: eddisonso.ingress.map((gateway) => {
    const { 'ssh-short': _short, ...ports } = gateway.ports;
    return { ...gateway, ports, nodes: { names: ['s0'] } };
  }),
  dns: {
    records: eddisonso.dns.records.filter(({ name }) => name.startsWith('*')),
    zones: { 'eddisonso.com': { provider: 'cloudflare', proxied: false } },
  },
} satisfies ClusterSpec;
