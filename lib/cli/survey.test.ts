import { mkdirSync, mkdtempSync, rmSync, writeFileSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { stringify } from 'yaml';
import { main, walk } from '../../main';
import { readTree, testHost } from '../../test/support/host';
import { smallSpec } from '../../test/support/spec';
import type { ClusterSpec } from '../spec/cluster';
import { printPath } from '../spec/finding';
import { Survey } from './survey';
import type { Walk } from './walk';

let cwd: string;
beforeEach(() => {
  cwd = mkdtempSync(join(tmpdir(), 'wayleave-survey-'));
  mkdirSync(join(cwd, 'clusters'));
});
afterEach(() => rmSync(cwd, { recursive: true }));

/** A cluster of one server, by its pod range. */
function home(clusterCidr: string, accept: ClusterSpec['accept'] = []): ClusterSpec {
  const nodes = { a: { role: 'server', addresses: { lan: '192.168.50.11' } } } as const;
  return smallSpec({ nodes, k3s: { nodeNetwork: 'lan', clusterCidrs: [clusterCidr] }, accept });
}

async function run(args: string[], spec: ClusterSpec) {
  writeFileSync(join(cwd, 'clusters/small.yaml'), stringify(spec, { aliasDuplicateObjects: false }));
  const { host, printed } = testHost(cwd);
  return { code: await main(args, host), ...printed };
}

const entry = {
  code: 'UPGRADE_NOT_IN_PLACE',
  at: 'k3s.clusterCidrs',
  reason: 'a new cluster takes the place of the old one',
} as const;

test('what cannot change in place is refused, written once it is accepted, and not held against the next run', async () => {
  expect(await run(['synth'], home('10.42.0.0/16'))).toMatchObject({ code: 0, err: '' });
  const before = readTree(join(cwd, 'dist'));

  const refused = await run(['synth'], home('10.48.0.0/16'));
  expect(refused).toMatchObject({
    code: 1,
    err: expect.stringMatching(/^error UPGRADE_NOT_IN_PLACE {2}clusters\/small\.yaml:\d+/) as string,
  });
  expect(refused.err).toContain('was 10.42.0.0/16 and is to be 10.48.0.0/16');
  expect(readTree(join(cwd, 'dist'))).toEqual(before);
  expect((await run(['check'], home('10.48.0.0/16'))).out).toContain('UPGRADE_NOT_IN_PLACE');

  const accepted = home('10.48.0.0/16', [entry]);
  expect(await run(['synth'], accepted)).toMatchObject({ code: 0, err: '' });
  expect(readTree(join(cwd, 'dist')).get('small/NETWORK.md')).toContain(entry.reason);
  expect(await run(['synth'], accepted)).toMatchObject({ code: 0, err: '' });
  expect((await run(['check'], accepted)).out).toBe('1 cluster: nothing to say\n');

  expect((await run(['check', '--against', 'dist'], accepted)).out).toContain('ACCEPT_UNUSED');
});

test('what cannot be compared is said, by check and by synth', async () => {
  await run(['synth'], home('10.42.0.0/16'));
  writeFileSync(join(cwd, 'dist/small/network.json'), '{"spec":');
  const checked = await run(['check', '--against', 'dist'], home('10.48.0.0/16'));
  expect(checked.code).toBe(0);
  expect(checked.out).toContain('UPGRADE_UNCOMPARED');
  expect(checked.out).toContain('dist/small/network.json is damaged');
  expect((await run(['synth'], home('10.48.0.0/16'))).err).toContain('UPGRADE_UNCOMPARED');
});

test('a folder without its plan and its index is no new cluster, for check and for synth', async () => {
  await run(['synth'], home('10.42.0.0/16'));
  for (const name of ['network.json', 'index.json']) rmSync(join(cwd, 'dist/small', name));
  const checked = await run(['check', '--against', 'dist'], home('10.48.0.0/16'));
  expect(checked.out).toContain('dist/small/network.json is not there');
  expect((await run(['synth'], home('10.48.0.0/16'))).err).toContain('UPGRADE_UNCOMPARED');
});

test('a cluster whose folder is taken away is a new one', async () => {
  await run(['synth'], home('10.42.0.0/16'));
  rmSync(join(cwd, 'dist/small'), { recursive: true });
  expect(await run(['synth'], home('10.48.0.0/16'))).toMatchObject({ code: 0, err: '' });
});

test('what a part of a spec shares with another cluster is told at the places of the whole', () => {
  const asDraft: Walk = (source) => {
    const { plan, ...rest } = walk(source, 'plan');
    return plan === undefined ? rest : { ...rest, draft: { plan, written: (path) => ['whole', ...path] } };
  };
  const survey = new Survey(asDraft, { reread: () => undefined });
  for (const name of ['one', 'two']) {
    const networks = { lan: { kind: 'lan', interface: 'eth0', prefix: '192.168.50.0/24', site: 'home' } } as const;
    const nodes = { [name]: { role: 'server', addresses: { lan: '192.168.50.11' } } } as const;
    survey.add({ file: `${name}.yaml`, raw: { ...smallSpec({ networks, nodes }), name }, locate: printPath });
  }
  const places = survey
    .finish(true)
    .flatMap(({ findings }) => findings.map(({ code, at }) => [code, at.map(printPath)]));
  expect(places).toEqual([['ADDRESS_OVERLAP', ['whole.nodes.two.addresses.lan']]]);
});
