import jigga from '../../clusters/jigga';
import { clusterSchema, type ClusterSpec } from '../spec/cluster';
import { printEndpoint } from './endpoint';
import { sourceEndpoint } from './source-endpoint';

const from = (spec: ClusterSpec) => sourceEndpoint(clusterSchema.parse(spec), { kind: 'network', network: 'tailnet' });

test('devices of a tailnet come in by its connector', () => {
  expect(from(jigga)).toEqual({ kind: 'workload', workload: 'tailscale/k3s-router' });
});

test('by any of several', () => {
  const connectors = { one: { routes: ['10.42.0.0/16'] }, two: { exitNode: true } };
  const tunnels: ClusterSpec['tunnels'] = [{ kind: 'tailscale', network: 'tailnet', namespace: 'ts', connectors }];
  const apps = {};
  expect(printEndpoint(from({ ...jigga, tunnels, apps }))).toBe('pods of ts');
});

test('directly where the nodes are on the tailnet themselves, or nothing routes for it', () => {
  const nodes = { ...jigga.nodes, ichigo: { ...jigga.nodes.ichigo, addresses: { tailnet: '100.64.0.9' } } };
  expect(from({ ...jigga, nodes })).toMatchObject({ kind: 'range', name: 'tailnet' });
  expect(from({ ...jigga, tunnels: [], apps: {} })).toMatchObject({ kind: 'range', name: 'tailnet' });
});
