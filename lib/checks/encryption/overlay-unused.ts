import { flowsAre } from '../../components/registry';
import { addressesOf, selectNodes } from '../../plan/nodes';
import { networkEncryption } from '../../plan/network-kind';
import type { Plan } from '../../plan/plan';
import type { Finding } from '../../spec/finding';
import { runsK3s } from '../../spec/orchestrator';
import { warns } from '../found';

/**
 * An overlay that every node is on and the cluster does not use: K3s and the pod network, or the Swarm, were told to speak
 * over another network. Source: k3s#1104, k3s#7355: traffic that everybody took for encrypted was not.
 */
export function overlayUnused(plan: Plan): Finding[] {
  const { spec } = plan;
  const own = spec.k3s.nodeNetwork;
  if (networkEncryption(spec, own) !== undefined) return [];
  const telling = plan.flows.filter(({ declaredBy }) => !flowsAre('everywhere', declaredBy));
  const inUse = new Set(telling.map(({ over }) => over));
  return Object.entries(spec.networks).flatMap(([name, network]) => {
    if (network.kind !== 'wireguard' || inUse.has(name)) return [];
    const all = selectNodes(spec, 'all');
    if (!all.every((node) => addressesOf(spec, node, name).length > 0)) return [];
    const isK3s = runsK3s(spec);
    const path = isK3s ? ['k3s', 'nodeNetwork'] : ['swarm', 'network'];
    const speakers = isK3s ? `K3s and ${plan.podNetwork.owner} speak` : 'the Swarm speaks';
    return [
      warns('OVERLAY_UNUSED', {
        at: [path, ['networks', name]],
        message: `every node is on the overlay ${name}, and nothing goes over it: ${speakers} over ${own}`,
        fix: name,
        // What the pod network encrypts would be encrypted twice.
        ...(plan.podNetwork.encryptedBy === undefined ? { suggest: { path, value: name } } : {}),
      }),
    ];
  });
}
