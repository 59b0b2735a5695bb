import { over } from '../docs/example';
import { smallSpec } from '../../test/support/spec';
import { printPath } from './finding';
import { parseCluster } from './parse';

const wan = { networks: { wan: { kind: 'public', interface: 'eth1' } } };

function faults(patch: object): string[] {
  const { findings } = parseCluster(over(over(smallSpec(), wan), patch));
  return findings.map(({ code, at, message }) => `${code} ${at.map(printPath).join(' + ')}: ${message}`);
}

const files = (node: string) => ({ storage: { files: { kind: 'nfs', node, network: 'wan', path: '/srv/files' } } });

test('a node that exports files has an address on the network by which they are mounted', () => {
  expect(faults(files('a'))).toEqual([
    'NODE_WITHOUT_ADDRESS nodes.a.addresses.wan + storage.files.network: node a has no address on the network wan, over which files is mounted',
  ]);
  expect(faults({ ...files('a'), nodes: { a: { addresses: { wan: '193.0.14.129' } } } })).toEqual([]);
});

test.each([
  ['all', ['a', 'b']],
  [{ names: ['b'] }, ['b']],
  [{ labels: { disk: 'big' } }, ['b']],
  ['servers', ['a']],
])('nodes that serve objects, %j, have an address on the network on which they are called', (selector, lacking) => {
  const objects = { storage: { objects: { kind: 'minio', nodes: selector, network: 'wan' } } };
  const nodes = {
    a: { role: 'server' },
    b: { role: 'agent', labels: { disk: 'big' } },
    c: { role: 'agent', addresses: { wan: '193.0.14.129' } },
  };
  expect(faults({ ...objects, nodes })).toEqual(
    lacking.map(
      (node) =>
        `NODE_WITHOUT_ADDRESS nodes.${node}.addresses.wan + storage.objects.network: node ${node} has no address on the network wan, on which objects is called`,
    ),
  );
});

test('a node that answers names has an address on the network on which it is asked', () => {
  const swarm = {
    managers: ['a'],
    network: 'lan',
    addressPool: '10.60.0.0/16',
    bridgePool: '10.61.0.0/16',
    dnsmasq: { zone: 'apps.example.com', node: 'b', network: 'wan' },
  };
  expect(faults({ swarm })).toEqual([
    'NODE_WITHOUT_ADDRESS nodes.b.addresses.wan + swarm.dnsmasq.network: node b has no address on the network wan, on which dnsmasq is asked',
  ]);
  expect(faults({ swarm, nodes: { b: { addresses: { wan: '193.0.14.129' } } } })).toEqual([]);
});

test('clients of an ingress dial a network that nodes are on', () => {
  const ingress = [{ kind: 'traefik', mode: 'host-network', network: 'wan' }];
  expect(faults({ ingress })).toEqual([
    'SPEC_INVALID ingress[0].network: clients are to dial wan, and no node has an address there',
  ]);
  expect(faults({ ingress, nodes: { c: { addresses: { wan: '193.0.14.129' } } } })).toEqual([]);
  expect(faults({ ingress: [{ ...ingress[0], network: 'van' }] })).toEqual([
    expect.stringMatching(/^SPEC_UNKNOWN_NAME ingress\[0\]\.network: /),
  ]);
});
