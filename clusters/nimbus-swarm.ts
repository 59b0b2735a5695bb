import type { ClusterSpec } from '../lib/spec/cluster';
import nimbus from './nimbus';

const { networks, storage, dns, firewall } = nimbus;
const { a, b } = nimbus.nodes;

/** The machines of nimbus in their other life: Docker Swarm in place of K3s, with EasyHAProxy and dnsmasq of its own. */
export default {
  name: 'nimbus-swarm',
  purpose: 'The two machines of nimbus with Docker Swarm in place of K3s, on the same overlay',
  networks,
  nodes: {
    a: { addresses: a.addresses, wireguard: a.wireguard },
    b: { addresses: b.addresses, wireguard: b.wireguard },
  },
  swarm: {
    managers: ['a'],
    network: 'overlay',
    addressPool: '10.20.0.0/16',
    bridgePool: '172.30.0.0/16',
    easyhaproxy: { network: 'public', allowFrom: ['anywhere', { network: 'overlay' }] },
    dnsmasq: {
      zone: 'nimbus.example.com',
      node: 'a',
      network: 'public',
      publishedPort: 5053,
      redirectFrom: 53,
      allowFrom: ['anywhere'],
    },
  },
  storage,
  dns,
  firewall,

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
  ],

  tests: [
    'internet → node:443 yes',
    'internet → a:53/udp yes',
    'b → a:2377 yes',
    'b → a:9000 yes',
    'internet → node:2377 no',
    'internet → node:2375 no',
    'internet → node:9000 no',
    'internet → node:2049 no',
  ],
} satisfies ClusterSpec;
