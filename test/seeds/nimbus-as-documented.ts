import nimbus from '../../clusters/nimbus';
import type { ClusterSpec } from '../../lib/spec/cluster';

const { accept: _accept, ...rest } = nimbus;

/**
 * nimbus as its text has it: private addresses where public ones are meant, in public DNS too; no firewall, so that what
 * listens on every address is reached by all; NFS with the option `nolock`, which is one of version 3.
 */
export default {
  ...rest,
  storage: { ...nimbus.storage, volumes: { ...nimbus.storage.volumes, version: 3 } },
  firewall: { kind: 'none' },
} satisfies ClusterSpec;
