import { Address } from '../../lib/net/address';
import { crossroadsSpec } from '../support/crossroads';
import { answered, type Call } from './call';
import { CAST } from './cast';
import { OUTSIDE } from './cluster-calls';
import { ClusterStage } from './cluster-stage';
import { exchange } from './firewall-stage';
import { KINDS } from './firewall-cases';
import { requireHost } from './requirements';

/** The port that `exchange` serves. */
const PORT = 7777;

/** Traefik on a machine of four networks: two of them may call it, and of a third those of one prefix. */
const spec = crossroadsSpec({
  ingress: [
    {
      kind: 'traefik',
      mode: 'host-network',
      network: 'wan',
      entrypoints: { web: { port: PORT } },
      allowFrom: [{ network: 'lan' }, { network: 'mesh' }, { outside: 'office' }],
    },
  ],
});

const [onLan, onSdn, onWan, onMesh] = ['192.168.50.11', '10.1.0.11', '198.51.100.1', '10.10.0.1'].map((text) =>
  Address.parse(text),
) as [Address, Address, Address, Address];
const [laptop, guest, stranger, member] = ['192.168.50.99', '10.1.0.99', '198.51.100.200', '10.10.0.99'].map((text) =>
  Address.parse(text),
) as [Address, Address, Address, Address];

requireHost();

describe.each(KINDS.map((kind) => [kind]))('a node on several networks, behind %s', (kind) => {
  let stage: ClusterStage;

  beforeAll(async () => {
    stage = await ClusterStage.open({ name: spec.name, spec }, kind);
    stage.streets.settleOutside('lan', laptop);
    stage.streets.settleOutside('sdn', guest);
    for (const address of [stranger, member]) stage.streets.settleOutside('wan', address);
    // The firewall alone is to judge who lies about where he is.
    stage.host('a').run('for f in /proc/sys/net/ipv4/conf/*/rp_filter; do echo 0 > $f; done');
  });
  afterAll(() => stage?.close());

  const visit = (from: string, to: Address) =>
    exchange(from === OUTSIDE ? stage.streets.outside : stage.host(from), stage.host('a'), to);
  const judged = (network: string, source: Address, destination: Address): boolean | undefined => {
    const call: Call = { from: OUTSIDE, source, to: 'a', destination, network, protocol: 'tcp', port: PORT };
    return answered([call], (name) => (name === OUTSIDE ? stage.streets.outside : stage.host(name)))[0];
  };

  test('who is on a network that is named gets an answer, by the address that the node has there', async () => {
    expect(await visit(OUTSIDE, onLan)).toBe('hello');
    expect(await visit('b', onLan)).toBe('hello');
    expect(await visit('b', onMesh)).toBe('hello');
  });

  test('who is beyond them dials the front network, and is known by his address', async () => {
    expect(await visit(OUTSIDE, onWan)).toBe('hello');
    expect(judged('wan', CAST.internet4, onWan)).toBe(true);
    expect(judged('wan', stranger, onWan)).toBe(false);
  });

  test('who is on a network that is not named is kept out, whichever address of the node he dials', () => {
    expect(judged('sdn', guest, onSdn)).toBe(false);
    expect(judged('lan', guest, onLan)).toBe(false);
    expect(judged('wan', guest, onWan)).toBe(false);
  });

  test('an address of a named network opens nothing on another', () => {
    expect(judged('lan', laptop, onLan)).toBe(true);
    expect(judged('wan', laptop, onWan)).toBe(false);
    expect(judged('sdn', laptop, onSdn)).toBe(false);
    expect(judged('wan', member, onWan)).toBe(false);
  });
});
