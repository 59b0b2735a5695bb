import { PORTS, type WellKnownPort } from '../../net/well-known-ports';
import { boundPort, type Listener } from '../../plan/listener';

/** Ports that were never made for strangers: without credentials, or with those of the whole cluster. */
const NEVER: readonly (readonly [WellKnownPort, string])[] = [
  [PORTS.kubelet, 'the kubelet'],
  [PORTS.etcd, 'etcd'],
  [PORTS.k3sRegistry, "K3s's registry"],
  [PORTS.flannelVxlan, 'VXLAN, which asks nobody who he is'],
  [PORTS.calicoVxlan, 'VXLAN, which asks nobody who he is'],
  [PORTS.ciliumGeneve, 'Geneve, which asks nobody who he is'],
  [PORTS.metallbMemberlistTcp, "MetalLB's speakers"],
  [PORTS.metallbMemberlistUdp, "MetalLB's speakers"],
  [PORTS.swarmManagement, "Swarm's managers"],
  [PORTS.hubbleServer, "Hubble's view of all traffic"],
  [PORTS.nfs, 'NFS'],
  [PORTS.traefikApi, "Traefik's own pages"],
];

/** Ports that ask who is calling, and that robots of the whole internet call all day. */
const GUARDED: readonly (readonly [WellKnownPort, string])[] = [[PORTS.k3sApi, 'the Kubernetes API']];

export interface Sensitive {
  readonly what: string;
  /** Whether nothing of it is for anyone beyond the cluster. */
  readonly never: boolean;
}

/** What a listener is to strangers; undefined where it is made for them, or nobody knows. */
export function sensitive({
  ports,
  protocol,
  purpose,
}: Pick<Listener, 'ports' | 'protocol' | 'purpose'>): Sensitive | undefined {
  const bound = boundPort({ ports });
  const is = ([one]: readonly [WellKnownPort, string]) => one.protocol === protocol && one.range.overlaps(bound);
  const never = NEVER.find(is);
  if (never !== undefined) return { what: never[1], never: true };
  const guarded = GUARDED.find(is);
  if (guarded !== undefined) return { what: guarded[1], never: false };
  if (purpose === 'SSH') return { what: 'SSH', never: false };
  return /metrics|dashboard/i.test(purpose) ? { what: purpose, never: true } : undefined;
}
