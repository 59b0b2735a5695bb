import { runsK3s } from '../../spec/orchestrator';
import { register } from '../component';
import { entriesOf, minioOf, nfsOf, type Entry } from './entries';
import { storageFlows, storageListeners } from './flows';
import { storageHost } from './host';
import { addMinio } from './minio';
import { storageNotes } from './note';
import { addVolume, dockerVolumes } from './volumes';
import { overlayNeed } from '../../plan/overlay-need';

/** Storage that nodes serve over one of the networks: exports by NFS, and S3 by MinIO. */
export const storage = register<readonly Entry[]>({
  name: 'storage',
  options: (spec) => {
    const entries = entriesOf(spec);
    return entries.length === 0 ? undefined : entries;
  },
  provides: (entries) =>
    entries.map((one) => ({
      name: 'storage',
      scope: one.name,
      failure:
        one.kind === 'nfs'
          ? `while ${one.node} is away whatever uses the volume waits for it, or gives up where it is mounted soft`
          : 'objects on the nodes that are away cannot be read or written',
      source: ['storage', one.name],
    })),
  requires: (entries, spec) => {
    const networks = new Set(entries.map(({ network }) => network));
    return [...networks].flatMap((network) => overlayNeed(spec, network, ['storage']));
  },
  namespaces: (_, spec) => (runsK3s(spec) ? minioOf(spec).map(({ namespace }) => ({ name: namespace })) : []),
  reservedServices: (_, spec) =>
    runsK3s(spec)
      ? minioOf(spec).map(({ name, namespace, port }) => ({
          name: `${namespace}/${name}`,
          purpose: 'S3 on the nodes',
          ports: [{ service: port, container: port }],
          source: ['storage', name],
        }))
      : [],
  listeners: (_, spec) => storageListeners(spec),
  flows: (_, spec) => storageFlows(spec),
  host: (_, { spec }, node) => storageHost(spec, node),
  notes: (_, spec) => storageNotes(spec),
  stack: (_, spec) => ({ volumes: dockerVolumes(spec) }),
  delivers: (_, spec) => runsK3s(spec),
  manifests: (chart, _, { spec }) => {
    if (!runsK3s(spec)) return;
    for (const one of nfsOf(spec)) addVolume(chart, one, spec);
    for (const one of minioOf(spec)) addMinio(chart, one, spec);
  },
});
