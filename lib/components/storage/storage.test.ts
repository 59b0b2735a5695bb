import nimbus from '../../../clusters/nimbus';
import nimbusSwarm from '../../../clusters/nimbus-swarm';
import { planOf } from '../../../test/support/plan';
import { bound, render, titles } from '../../../test/support/render';
import { printEndpoint } from '../../plan/endpoint';
import { printPort } from '../../plan/flow';
import { arrivals } from '../../plan/seen-as';
import { calledSeen } from '../../plan/seen-by-pods';
import { parseCluster } from '../../spec/parse';
import type { ClusterSpec } from '../../spec/cluster';
import { EXCLUSIONS } from '../argocd/exclusions';
import { storage } from './index';

const k3sLife: ClusterSpec = { ...nimbus, tests: [] };
const { volumes, objects } = nimbus.storage;
const withVolume = (changes: object): ClusterSpec => ({
  ...k3sLife,
  storage: { volumes: { ...volumes, ...changes } },
});
const ports = (spec: ClusterSpec) => bound(storage, spec).flows().map(printPort);
const file = (spec: ClusterSpec, node: string, path: string) =>
  bound(storage, spec)
    .host(planOf(spec), node)
    .files?.find((one) => one.path === path)?.content;
const packages = (spec: ClusterSpec, node: string) =>
  (bound(storage, spec).host(planOf(spec), node).packages ?? []).map(({ name }) => name);

describe('an export by NFS', () => {
  test('of version 4 is one port; of version 3 the port mapper and mountd too, and locks unless it does without', () => {
    expect(ports(withVolume({}))).toEqual(['2049/tcp']);
    expect(ports(withVolume({ version: 3 }))).toEqual(['2049/tcp', '111/tcp', '111/udp', '20048/tcp', '20048/udp']);
    expect(ports(withVolume({ version: 3, mountOptions: ['rw'] }))).toContain('32803/tcp');
  });

  test('is open to nodes on the overlay alone, and listens there alone', () => {
    const rules = arrivals(planOf(k3sLife), 'a').filter(({ port }) => String(port) === '2049');
    expect(rules.map(({ devices, sources }) => [devices, String(sources)])).toEqual([[['wg-nimbus'], '10.10.0.2']]);
    expect(file(k3sLife, 'a', '/etc/nfs.conf.d/wayleave.conf')).toMatch(/^host = 10\.10\.0\.1\nvers3 = n$/m);
    expect(arrivals(planOf(k3sLife), 'b').filter(({ port }) => String(port) === '2049')).toEqual([]);
  });

  test('names every node by its own address, and nobody else', () => {
    expect(file(k3sLife, 'a', '/etc/exports.d/wayleave.exports')).toContain(
      '/srv/nimbus/volumes 10.10.0.1(rw,sync,no_subtree_check) 10.10.0.2(rw,sync,no_subtree_check)',
    );
    expect(file(k3sLife, 'b', '/etc/exports.d/wayleave.exports')).toBeUndefined();
  });

  test('keeps root of other machines out, and the document says who then writes; not where it lets them in', () => {
    const said = (spec: ClusterSpec) => planOf(spec).notes.find(({ title }) => title === 'Exports')?.text;
    expect(said(k3sLife)).toContain('root_squash');
    expect(said(withVolume({ exportOptions: ['rw', 'no_root_squash'] }))).not.toContain('root_squash');
  });

  test('starts behind the overlay; every node can mount it', () => {
    expect(file(k3sLife, 'a', '/etc/systemd/system/nfs-server.service.d/10-wayleave-overlay.conf')).toContain(
      'After=wg-quick@wg-nimbus.service',
    );
    expect(packages(k3sLife, 'a')).toEqual(['nfs-kernel-server', 'nfs-common']);
    expect(packages(k3sLife, 'b')).toEqual(['nfs-common']);
  });

  test('of version 3 has its daemons on ports that the firewall can know', () => {
    const conf = file(withVolume({ version: 3 }), 'a', '/etc/nfs.conf.d/wayleave.conf');
    expect(conf).toMatch(/\[mountd\]\nport = 20048/);
  });

  test('is a volume of Kubernetes by the server’s overlay address, with the options of the spec', () => {
    const [volume] = render(storage, withVolume({}));
    expect(volume).toMatchObject({
      kind: 'PersistentVolume',
      spec: {
        mountOptions: ['nfsvers=4', 'rw', 'nolock', 'soft'],
        nfs: { server: '10.10.0.1', path: '/srv/nimbus/volumes' },
        persistentVolumeReclaimPolicy: 'Retain',
        storageClassName: '',
      },
    });
  });

  test('on the Swarm is a volume of Docker’s, and nothing of Kubernetes’', () => {
    const part = bound(storage, nimbusSwarm);
    expect(part.delivers).toBe(false);
    expect(part.stack().volumes).toEqual({
      volumes: {
        driver: 'local',
        driver_opts: { type: 'nfs', o: 'addr=10.10.0.1,nfsvers=4,rw,nolock,soft', device: ':/srv/nimbus/volumes' },
      },
    });
  });

  test('an option that says what follows from the rest is refused', () => {
    const findings = parseCluster(withVolume({ mountOptions: ['rw', 'nfsvers=3'] })).findings;
    expect(findings).toMatchObject([{ at: [['storage', 'volumes', 'mountOptions', 1]] }]);
    expect(findings[0]?.message).toContain('say neither version nor address');
  });
});

describe('S3 by MinIO', () => {
  test('is a Service without selector, before the nodes’ overlay addresses', () => {
    const objects = render(storage, { ...k3sLife, storage: { objects: { ...nimbus.storage.objects, nodes: 'all' } } });
    expect(titles(objects)).toEqual(['EndpointSlice storage/objects-ipv4', 'Service storage/objects']);
    expect(objects[0]?.spec).not.toHaveProperty('selector');
    expect(objects[1]).toMatchObject({
      addressType: 'IPv4',
      metadata: { labels: { 'kubernetes.io/service-name': 'objects' } },
      ports: [{ port: 9000 }],
      endpoints: [
        { addresses: ['10.10.0.1'], nodeName: 'a' },
        { addresses: ['10.10.0.2'], nodeName: 'b' },
      ],
    });
  });

  test('of two families its Service has the one in which MinIO listens: each takes one address', () => {
    const k3s = {
      ...nimbus.k3s,
      clusterCidrs: ['10.42.0.0/16', 'fd42::/48'],
      serviceCidrs: ['10.43.0.0/16', 'fd43::/112'],
    };
    const nodes = {
      ...k3sLife.nodes,
      a: { ...nimbus.nodes.a, addresses: { public: '10.108.0.3', overlay: ['fd10::1', '10.10.0.1'] } },
    };
    const objects = render(storage, { ...k3sLife, k3s, nodes, storage: { objects: nimbus.storage.objects } });
    expect(titles(objects)).toEqual(['EndpointSlice storage/objects-ipv6', 'Service storage/objects']);
    expect(objects.find(({ kind }) => kind === 'Service')?.spec).toMatchObject({
      ipFamilyPolicy: 'SingleStack',
      ipFamilies: ['IPv6'],
    });
  });

  test('Argo CD does not ignore its EndpointSlice', () => {
    expect(EXCLUSIONS.flatMap(({ kinds }) => kinds)).not.toContain('EndpointSlice');
  });

  test('is called by nodes and pods, on the overlay alone', () => {
    const flows = bound(storage, { ...k3sLife, storage: { objects } }).flows();
    expect(flows.map((flow) => `${printEndpoint(flow.from)} ${printPort(flow)} ${flow.address}`)).toEqual([
      'every node 9000/tcp overlay',
      'every pod 9000/tcp service',
    ]);
    const rules = arrivals(planOf(k3sLife), 'a').filter(({ port }) => String(port) === '9000');
    expect(rules.flatMap(({ devices }) => devices).sort()).toEqual(['cni0', 'wg-nimbus', 'wg-nimbus']);
  });

  test('on another network than the nodes’ own is called by pods there, too', () => {
    const lan = { kind: 'lan', interface: 'eth1', prefix: '10.9.0.0/24' } as const;
    const { a, b } = k3sLife.nodes;
    const plan = planOf({
      ...k3sLife,
      networks: { ...k3sLife.networks, lan },
      nodes: {
        a: { ...a, addresses: { ...a?.addresses, lan: '10.9.0.1' } },
        b: { ...b, addresses: { ...b?.addresses, lan: '10.9.0.2' } },
      },
      storage: { objects: { ...objects, network: 'lan' } },
    });
    const flow = plan.flows.find(({ from, source }) => from.kind === 'pods' && source.includes('objects'));
    expect(flow?.over).toBe('lan');
    const called = flow === undefined ? [] : calledSeen(flow, plan);
    expect(called.map((peer) => ('addresses' in peer ? String(peer.addresses) : peer.kind))).toEqual(['10.9.0.1']);
    const rules = arrivals(plan, 'a').filter(({ port }) => String(port) === '9000');
    expect(new Set(rules.flatMap(({ devices }) => devices))).toEqual(new Set(['cni0', 'eth1']));
  });

  test('is called by containers of its own node by their bridges, under Docker’s addresses', () => {
    const rules = arrivals(planOf(nimbusSwarm), 'a').filter(({ port }) => String(port) === '9000');
    expect(rules.map(({ devices, sources }) => [devices.at(-1), String(sources)])).toEqual([
      ['docker_gwbridge', '172.30.0.0/16'],
      ['wg-nimbus', '10.10.0.2'],
    ]);
  });

  test('listens on the overlay, and starts behind it', () => {
    expect(file(k3sLife, 'a', '/etc/systemd/system/minio.service.d/10-wayleave.conf')).toContain(
      'MINIO_ADDRESS=10.10.0.1:9000',
    );
    expect(file(k3sLife, 'b', '/etc/systemd/system/minio.service.d/10-wayleave.conf')).toBeUndefined();
  });

  test('is not installed here, and the document says what would put it on every address', () => {
    const text = planOf(k3sLife).notes.find(({ text: said }) => said.includes('MinIO'))?.text;
    for (const word of ['Nothing here installs it', 'MINIO_OPTS', 'MINIO_ADDRESS']) expect(text).toContain(word);
  });

  test('an app may not take the name of its Service', () => {
    expect(planOf(k3sLife).reservedServices.map(({ name }) => name)).toContain('storage/objects');
  });
});

test('nothing of a credential is written', () => {
  const text = JSON.stringify([render(storage, k3sLife), bound(storage, k3sLife).host(planOf(k3sLife), 'a')]);
  expect(text).not.toMatch(/MINIO_ROOT|ACCESS_KEY|SECRET/);
});
