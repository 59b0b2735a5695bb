import { PortRange } from '../../net/port';
import { OUTSIDE, PODS } from '../../plan/claim';
import { workload, type Endpoint } from '../../plan/endpoint';
import type { Flow } from '../../plan/flow';
import { probe } from '../../plan/probe';
import type { Cluster } from '../../spec/cluster';
import { apiFlow } from '../api-flow';
import type { ArgocdOptions } from './options';
import { partName, partPort, type Part } from './parts';
import { gitHost } from './repository';

type Declared = Omit<Flow, 'declaredBy'>;
const source = ['gitops'];

/** Source: templates of the argo-cd chart. Redis is asked by a command inside its pod. */
const PROBED = [
  ['application-controller', 8082],
  ['repo-server', 8084],
  ['server', 8080],
] as const satisfies readonly (readonly [Part, number])[];

/** Who inside Argo CD calls whom, and what it fetches. Operators come by `kubectl port-forward`, which is the API's own flow. */
export function argocdFlows(options: ArgocdOptions, spec: Cluster): Declared[] {
  const inside = (from: Part, to: Part, reason: string, encryptedBy?: string): Declared => ({
    from: workload(partName(options, from)),
    to: workload(partName(options, to)),
    protocol: 'tcp',
    port: partPort(to),
    over: PODS,
    address: 'service',
    ...(encryptedBy === undefined ? {} : { encryptedBy }),
    reason,
    source,
  });
  return [
    inside('application-controller', 'repo-server', 'the controller asks for the manifests of a commit', 'TLS'),
    inside('server', 'repo-server', 'the web pages show the manifests of a commit', 'TLS'),
    inside('application-controller', 'redis', 'the controller keeps the state of the cluster there'),
    inside('repo-server', 'redis', 'the repo server keeps manifests there'),
    inside('server', 'redis', 'the server keeps sessions and reads the state there'),
    ...(['application-controller', 'server', 'redis-secret-init'] as const).map((part) =>
      apiFlow(
        spec,
        { name: partName(options, part), hostNetwork: false },
        'Argo CD reads and writes objects of the cluster',
        source,
      ),
    ),
    ...fetched(options),
    ...PROBED.map(([part, port]) => probe({ name: partName(options, part), port, source })),
  ];
}

function fetched(options: ArgocdOptions): Declared[] {
  const git = gitHost(options.repository);
  const repoServer = partName(options, 'repo-server');
  const fetch = (from: string, to: Endpoint, port: number, encryptedBy: string, reason: string): Declared => ({
    from: workload(from),
    to,
    protocol: 'tcp',
    port: { container: PortRange.of(port) },
    over: OUTSIDE,
    address: 'public',
    encryptedBy,
    reason,
    source: [...source, 'repository'],
  });
  return [
    fetch(
      repoServer,
      { kind: 'name', name: git.host, fqdns: [git.host] },
      git.port,
      git.encryptedBy,
      'Argo CD pulls what Wayleave wrote',
    ),
  ];
}
