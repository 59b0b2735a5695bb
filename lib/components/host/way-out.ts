import { PortRange } from '../../net/port';
import { INTERNET, nodes } from '../../plan/endpoint';
import type { Flow } from '../../plan/flow';
import { outsideLookUps } from '../../plan/resolvers';
import { wayOut } from '../../plan/way-out';
import type { Cluster } from '../../spec/cluster';
import { runsK3s } from '../../spec/orchestrator';

/** What the machine itself calls. Outbound traffic is not filtered; it is declared so that the document is whole. */
export function wayOutFlows(spec: Cluster): Omit<Flow, 'declaredBy'>[] {
  const call = (
    protocol: 'tcp' | 'udp',
    port: number,
    reason: string,
    encryptedBy?: string,
  ): Omit<Flow, 'declaredBy'> => ({
    from: nodes('all'),
    to: INTERNET,
    protocol,
    port: { container: PortRange.of(port) },
    over: wayOut(spec),
    address: 'public',
    ...(encryptedBy === undefined ? {} : { encryptedBy }),
    reason,
    source: ['nodes'],
  });
  return [
    ...outsideLookUps(spec, nodes('all'), wayOut(spec), 'the node resolves names', ['nodes']).map((flow) =>
      flow.protocol === 'tcp' ? { ...flow, reason: `${flow.reason}, long answers` } : flow,
    ),
    call('udp', 123, `the clock, which ${runsK3s(spec) ? 'etcd and certificates' : 'certificates'} rely on (NTP)`),
    call(
      'tcp',
      443,
      runsK3s(spec) ? 'container images, K3s releases and packages' : 'container images and packages',
      'TLS',
    ),
    call('tcp', 80, 'packages, whose signatures are checked'),
  ];
}
