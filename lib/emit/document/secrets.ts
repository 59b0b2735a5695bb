import { hasNodes } from '../../plan/nodes';
import type { Plan } from '../../plan/plan';
import { runsK3s } from '../../spec/orchestrator';
import { code, heading, table, text } from '../../text/markdown';
import type { Chapter } from './chapter';
import { product } from './words';

/** What must exist and is never written by Wayleave: values stay where they are. */
export function secrets(plan: Plan): Chapter {
  const rows = plan.secrets.map(({ namespace, name, keys, purpose, owner }) => [
    code(namespace),
    code(name),
    keys.map(code).join(', '),
    text(purpose),
    product(owner),
  ]);
  const inCluster =
    rows.length === 0
      ? [`No Secret has to be made in the cluster for this network${assumed(plan)}`]
      : [heading(3, 'In the cluster'), table(['Namespace', 'Secret', 'Keys', 'For', 'Needed by'], rows)];
  return {
    title: 'Secrets that must exist',
    blocks: [
      ...(runsK3s(plan.spec) ? inCluster : []),
      heading(3, 'On the nodes'),
      table(['File', 'On', 'Holds'], files(plan)),
    ],
  };
}

/** A repository that is read by HTTPS is read without a login. */
function assumed({ spec }: Plan): string {
  if (spec.gitops === undefined) return '.';
  return `, provided that anyone may read ${code(spec.gitops.repository)}: Argo CD is given no login for it. For a private repository write its SSH address into ${code('gitops.repository')}; this chapter then names the Secret for its deploy key.`;
}

/** Paths are those of the component that writes what reads them: lib/components/wireguard/conf.ts. */
function files({ spec }: Plan): string[][] {
  const keys = Object.entries(spec.networks).flatMap(([name, network]) => {
    if (network.kind !== 'wireguard' || !hasNodes(spec, name)) return [];
    const path = `/etc/wireguard/${network.interface}`;
    const on = `nodes on ${code(name)}`;
    return [
      [code(`${path}.key`), on, 'the private key of the node’s end of the WireGuard tunnels'],
      ...(network.presharedKeys ? [[code(`${path}.NODE.NODE.psk`), on, 'the key that these two nodes share']] : []),
    ];
  });
  const token = [code(spec.k3s.tokenFile), 'every node', 'the token with which nodes join; the same everywhere'];
  return [...(runsK3s(spec) ? [token] : []), ...keys];
}
