import { AddressSet } from '../../net/address-set';
import { TAILNET, WELL_KNOWN_TAILNET } from '../../net/well-known';
import type { Plan } from '../../plan/plan';
import type { Finding } from '../../spec/finding';
import { fails } from '../found';

/** A tailnet whose prefix holds addresses that Tailscale gives to nobody: they belong to others, who would be let in. */
export function tailnetRange({ spec }: Plan): Finding[] {
  return Object.entries(spec.networks).flatMap(([name, network]) => {
    if (network.kind !== 'tailnet' || TAILNET.contains(network.prefix)) return [];
    const others = AddressSet.of(network.prefix).difference(TAILNET);
    const path = ['networks', name, 'prefix'];
    return [
      fails('TAILNET_RANGE', {
        at: [path],
        message: `${network.prefix}, the prefix of the tailnet network ${name}, holds ${others.size} addresses that Tailscale gives to no device; they are other people's`,
        fix: WELL_KNOWN_TAILNET,
        suggest: { path, value: WELL_KNOWN_TAILNET },
      }),
    ];
  });
}
