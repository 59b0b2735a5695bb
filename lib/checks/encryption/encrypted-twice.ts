import { networkEncryption } from '../../plan/network-kind';
import type { Plan } from '../../plan/plan';
import type { Finding } from '../../spec/finding';
import { runsK3s } from '../../spec/orchestrator';
import { warns } from '../found';

/** Encryption inside encryption: every packet is paid for twice, in time and in bytes. */
export function encryptedTwice(plan: Plan): Finding[] {
  return [...(runsK3s(plan.spec) ? podsTwice(plan) : []), ...overlaysTwice(plan)];
}

function podsTwice({ spec, podNetwork }: Plan): Finding[] {
  const { underlay, encryptedBy, owner } = podNetwork;
  const outer = networkEncryption(spec, underlay);
  // A pod network that encrypts nothing itself is said to be encrypted by what carries it.
  if (outer === undefined || encryptedBy === undefined || encryptedBy === outer) return [];
  return [
    warns('ENCRYPTED_TWICE', {
      at: [['cni'], ['k3s', 'nodeNetwork'], ['networks', underlay]],
      message: `${owner} encrypts pod traffic (${encryptedBy}) and sends it over ${underlay}, which encrypts it again (${outer}): pods are left ${podNetwork.mtu} bytes`,
      fix: `leave it to ${underlay}, or name the network below it as k3s.nodeNetwork`,
    }),
  ];
}

function overlaysTwice({ spec }: Plan): Finding[] {
  return Object.entries(spec.networks).flatMap(([name, network]) => {
    const outer = network.kind === 'wireguard' ? networkEncryption(spec, network.over) : undefined;
    if (network.kind !== 'wireguard' || outer === undefined) return [];
    return [
      warns('ENCRYPTED_TWICE', {
        at: [
          ['networks', name, 'over'],
          ['networks', network.over],
        ],
        message: `the tunnels of ${name} are carried by ${network.over}, which encrypts what it carries (${outer})`,
        fix: `a network below ${network.over}, or ${network.over} alone`,
      }),
    ];
  });
}
