import type { Plan } from '../../plan/plan';
import type { Cluster } from '../../spec/cluster';
import type { Finding, SpecPath } from '../../spec/finding';
import { listed, warns } from '../found';

/**
 * Certificates proved by DNS-01 for names that the network answers differently inside, and no resolvers outside to ask:
 * cert-manager looks for its record by the pod's own resolver and never finds it (cert-manager#6572).
 */
export function splitDns(plan: Plan): Finding[] {
  const { certificates } = plan.spec;
  if (certificates === undefined || certificates.recursiveNameservers.length > 0) return [];
  const inside = answeredInside(plan);
  const asked = Object.entries(certificates.certificates).flatMap(([name, { names, issuer }]) => {
    const byDns = certificates.issuers[issuer]?.solvers.some(({ kind }) => kind === 'dns01-cloudflare') === true;
    const found = byDns ? inside.filter(({ zone }) => names.some((one) => lies(one, zone))) : [];
    return found.map((one) => ({ ...one, certificate: name }));
  });
  if (asked.length === 0) return [];
  const certificate = listed([...new Set(asked.map((one) => one.certificate))].sort());
  return [
    warns('SPLIT_DNS', {
      at: [['certificates', 'recursiveNameservers'], ...asked.flatMap(({ at }) => at)],
      message: `${certificate} is proved by records in public DNS, and inside ${listed([...new Set(asked.map(({ why }) => why))])}: cert-manager, which asks the nodes' resolvers, may never see its record`,
      fix: 'resolvers outside, as address:port',
    }),
  ];
}

interface Inside {
  readonly zone: string;
  readonly why: string;
  readonly at: readonly SpecPath[];
}

/** Names that have one answer inside and another one outside. */
function answeredInside({ spec, hosts }: Plan): Inside[] {
  const tunnelled = hosts.filter(({ by }) => 'tunnel' in by);
  const both = tunnelled.flatMap(({ host, source }) => {
    const own = hosts.find((one) => one.host === host && 'ingress' in one.by);
    return own === undefined
      ? []
      : [
          {
            zone: host,
            why: `${host} is answered with the ingress, outside with the tunnel`,
            at: [source, own.source],
          },
        ];
  });
  return [...both, ...ownResolver(spec)];
}

function ownResolver({ swarm }: Cluster): Inside[] {
  const zone = swarm?.dnsmasq?.zone;
  if (zone === undefined) return [];
  return [{ zone, why: `dnsmasq answers for ${zone}`, at: [['swarm', 'dnsmasq', 'zone']] }];
}

function lies(name: string, zone: string): boolean {
  const plain = name.replace(/^\*\./, '');
  return plain === zone || plain.endsWith(`.${zone}`) || (name.startsWith('*.') && zone.endsWith(`.${plain}`));
}
