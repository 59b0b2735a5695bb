import { loadBalancerName } from '../plan/pool';
import type { Cluster } from '../spec/cluster';
import type { Finding, SpecPath } from '../spec/finding';
import type { Registered } from './component';

/** A component that a spec asks for by name, and where. */
interface Chosen {
  readonly name: string;
  readonly at: SpecPath;
}

function chosen(spec: Cluster): Chosen[] {
  const listed = (section: string, items: readonly { readonly kind: string }[]) =>
    items.map(({ kind }, i) => ({ name: kind, at: [section, i, 'kind'] }));
  return [
    ...(spec.cni.kind === 'none' ? [] : [{ name: spec.cni.kind, at: ['cni', 'kind'] }]),
    ...spec.loadBalancers.map(({ kind }, i) => ({ name: loadBalancerName(kind), at: ['loadBalancers', i, 'kind'] })),
    ...listed('ingress', spec.ingress),
    ...listed('tunnels', spec.tunnels),
    ...(spec.certificates ? [{ name: spec.certificates.kind, at: ['certificates', 'kind'] }] : []),
    ...(spec.gitops ? [{ name: spec.gitops.kind, at: ['gitops', 'kind'] }] : []),
    ...(spec.swarm ? [{ name: 'swarm', at: ['swarm'] }] : []),
    ...(spec.mssClamp ? [{ name: 'mss-clamp', at: ['mssClamp'] }] : []),
    ...(Object.keys(spec.storage).length > 0 ? [{ name: 'storage', at: ['storage'] }] : []),
    ...Object.entries(spec.networks).flatMap(([name, network]) =>
      network.kind === 'wireguard' ? [{ name: 'wireguard', at: ['networks', name, 'kind'] }] : [],
    ),
  ];
}

/** What a spec asks for and the registry does not hold: a part that nobody would build is never left out in silence. */
export function unavailable(registry: readonly Registered[], spec: Cluster): Finding[] {
  const known = new Set(registry.map(({ name }) => name));
  return chosen(spec)
    .filter(({ name }) => !known.has(name))
    .map(({ name, at }) => ({
      code: 'COMPONENT_UNAVAILABLE',
      severity: 'error',
      at: [at],
      message: `this version of Wayleave can read ${name} but not yet build it`,
      fix: `leave it out; built are ${[...known].sort().join(', ')}`,
    }));
}
