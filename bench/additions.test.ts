import { parse } from 'yaml';
import type { ClusterSpec } from '../lib/spec/cluster';
import { readPlainYaml } from '../lib/text/plain-yaml';
import { filesOf } from '../test/support/files';
import { codesOf } from '../test/support/plan';

interface Addition {
  readonly without: string;
  readonly with: string;
}

const { additions } = jest.requireActual<{ additions: readonly Addition[] }>('./addition-specs');
const [mesh, gateway] = additions as readonly [Addition, Addition];
const read = (text: string) => parse(text) as ClusterSpec;

test.each(additions.flatMap((one) => [one.without, one.with]))('nothing is wrong with either cluster', (text) => {
  expect(codesOf(read(text))).toEqual([]);
  // A spec that takes the full parser would cost more for that, and not for what it says.
  expect(readPlainYaml(text)).toEqual({ value: read(text) });
});

test('a mesh has every node in the configuration of every other', () => {
  const configurations = [...filesOf(read(mesh.with))].filter(([path]) => path.endsWith('/etc/wireguard/wg0.conf'));
  expect(configurations).toHaveLength(200);
  for (const [, text] of configurations) expect(text.split('[Peer]')).toHaveLength(200);
});

test('a gateway has a thousand ports, or one', () => {
  const portsOf = (text: string) =>
    filesOf(read(text))
      .get('gateway/core.k8s.yaml')
      ?.match(/targetPort:/g)?.length;
  expect(portsOf(gateway.without)).toBe(2);
  expect(portsOf(gateway.with)).toBe(1001);
});
