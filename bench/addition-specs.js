'use strict';

const { createHash } = require('node:crypto');

const nodeCount = 200;

const lan = 'lan: { kind: lan, interface: eth0, prefix: 10.100.0.0/16 }';
const mesh = 'mesh: { kind: wireguard, interface: wg0, prefix: 10.101.0.0/16, over: lan }';

function cluster({ networks, nodes, k3s }) {
  const lines = Array.from(
    { length: nodeCount },
    (_, i) => `  node-${i}: { role: ${i < 3 ? 'server' : 'agent'}, ${nodes(i)} }`,
  );
  return `name: many
networks:
${networks.map((network) => `  ${network}`).join('\n')}
nodes:
${lines.join('\n')}
k3s: { nodeNetwork: ${k3s} }
cni: { kind: flannel }
`;
}

const address = (net, i) => `10.${net}.0.${i + 10}`;

/** What passes for a public key: as unlike the others, and as long. */
const keyOf = (i) => createHash('sha256').update(`node ${i}`).digest('base64');

/** A gateway of one's own that hands these ports on. */
function gateway(ports) {
  return `name: gateway
networks:
  ${lan}
nodes:
  a: { role: server, addresses: { lan: 10.100.0.11 } }
  b: { role: agent, addresses: { lan: 10.100.0.12 } }
k3s: { nodeNetwork: lan }
cni: { kind: calico }
loadBalancers:
  - { kind: metallb, mode: l2, pools: { pool: { addresses: 10.100.0.150-10.100.0.200, network: lan } } }
ingress:
  - kind: gateway
    name: gateway
    namespace: core
    image: docker.io/example/gateway:1
    addresses: 10.100.0.200
    pool: pool
    ports:
      http: { container: 8080, service: 80 }
      rooms: { service: '${ports}', encryptedBy: TLS }
    forwards:
      - { port: rooms, namespace: rooms, to: '1-65535', reason: what users open }
`;
}

/** 200 nodes on one LAN. */
const onLan = cluster({
  networks: [lan],
  nodes: (i) => `addresses: { lan: ${address(100, i)} }`,
  k3s: 'lan',
});

/** The same nodes, which speak to each other by WireGuard alone, each with every other. */
const onMesh = cluster({
  networks: [lan, mesh],
  nodes: (i) =>
    `addresses: { lan: ${address(100, i)}, mesh: ${address(101, i)} }, wireguard: { mesh: { publicKey: ${keyOf(i)} } }`,
  k3s: 'mesh',
});

/** What is added to a cluster, and its specs without it and with it: with the rules that the host firewall has for it. */
const additions = [
  { what: 'a WireGuard mesh of 200 nodes', without: onLan, with: onMesh },
  { what: 'the thousand ports of a gateway', without: gateway('8000'), with: gateway('8000-8999') },
];

module.exports = { additions };
