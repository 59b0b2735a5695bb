import type { Chart } from 'cdk8s';
import { KubePersistentVolume, Quantity } from '../../../imports/k8s';
import { addressOf } from '../../plan/nodes';
import type { Cluster } from '../../spec/cluster';
import { addObject } from '../plain-object';
import { nfsOf, type Nfs } from './entries';

/** What mount(8) is told beside server and path. */
export function mountOptionsOf({ version, mountOptions }: Nfs): string[] {
  return [`nfsvers=${version}`, ...mountOptions];
}

/** A volume that outlives its claims: what is on it is the export's. */
export function addVolume(chart: Chart, one: Nfs, spec: Cluster): void {
  addObject(KubePersistentVolume, chart, `volume-${one.name}`, {
    metadata: { name: one.name },
    spec: {
      capacity: { storage: Quantity.fromString(one.capacity) },
      accessModes: ['ReadWriteMany'],
      persistentVolumeReclaimPolicy: 'Retain',
      // Claims name it; no class hands it out.
      storageClassName: '',
      mountOptions: mountOptionsOf(one),
      nfs: { server: String(addressOf(spec, one.node, one.network)), path: one.path },
    },
  });
}

/** The same for Docker's own driver. Source: Docker docs, volumes, NFS. */
export function driverOptions(
  one: Nfs,
  spec: Cluster,
): { readonly type: string; readonly o: string; readonly device: string } {
  const server = String(addressOf(spec, one.node, one.network));
  return { type: 'nfs', o: [`addr=${server}`, ...mountOptionsOf(one)].join(','), device: `:${one.path}` };
}

/** Volumes as a stack file names them: services that use one find it on whichever node they run. */
export function dockerVolumes(spec: Cluster): {
  readonly [name: string]: { readonly driver: string; readonly driver_opts: { readonly [key: string]: string } };
} {
  return Object.fromEntries(
    nfsOf(spec).map((one) => [one.name, { driver: 'local', driver_opts: { ...driverOptions(one, spec) } }]),
  );
}
