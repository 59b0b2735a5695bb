import { DOCUMENTATION } from '../../net/well-known-documentation';

const { lan, router, hosts } = DOCUMENTATION;

/** The cluster that examples are laid over; nothing is wrong with it. */
export const SAMPLE = `name: home
networks:
  lan: { kind: lan, interface: eth0, prefix: ${lan}, gateway: ${router} }
nodes:
  one: { role: server, addresses: { lan: ${hosts[0]} } }
  two: { role: agent, addresses: { lan: ${hosts[1]} } }
k3s: { nodeNetwork: lan }
cni: { kind: flannel }
ingress:
  - { kind: traefik, mode: host-network }
apps:
  web: { namespace: shop, ports: { http: 8080 }, hosts: [shop.example.com] }
`;
