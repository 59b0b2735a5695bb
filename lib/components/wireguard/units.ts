import type { HostFile } from '../../plan/host-needs';
import { nodeOf } from '../../plan/nodes';
import type { Cluster } from '../../spec/cluster';
import { runsK3s } from '../../spec/orchestrator';
import { hostFile } from '../host-file';
import { keyPath, presharedKeys } from './conf';
import type { Member, Overlay } from './overlay';

/** The unit that wireguard-tools brings for an interface. */
export const unitOf = ({ device }: Member) => `wg-quick@${device}.service`;

/** What systemd is told beside the packages' own units: order, and how changed peers are taken up. */
export function unitFiles(overlay: Overlay, member: Member, all: readonly Overlay[], spec: Cluster): HostFile[] {
  const carrier = all.find(({ name }) => name === overlay.network.over);
  const below = carrier?.members.find(({ node }) => node === member.node);
  return [
    dropIn(unitOf(member), '10-wayleave.conf', [
      ...(below === undefined ? [] : after(below, `${overlay.name} runs inside ${overlay.network.over}`)),
      ...reload(overlay, member),
    ]),
    ...(runsK3s(spec) && overlay.name === spec.k3s.nodeNetwork ? [k3sBehind(overlay, member, spec)] : []),
    ...(overlay.name === spec.swarm?.network ? [dockerBehind(overlay, member)] : []),
  ];
}

/**
 * The package's own way to reload hands over a file without a private key, which takes the running one away.
 * Source: wg(8), syncconf; wg-quick@.service of wireguard-tools 1.0.
 */
function reload(overlay: Overlay, member: Member): string[] {
  return [
    '[Service]',
    '# changed peers are taken up while tunnels stand; the key is read from its file once more',
    'ExecReload=',
    `ExecReload=/bin/bash -c 'exec wg syncconf %i <(echo "[Interface]"; echo "PrivateKey = $$(cat ${keyPath(member)})"; exec wg-quick strip %i)'`,
    ...presharedKeys(overlay, member).map((command) => `ExecReload=/usr/bin/wg set %i ${command}`),
  ];
}

/**
 * K3s binds the overlay's address and Flannel's device hangs on the overlay's: K3s waits for it, does not start without
 * it, and is restarted with it.
 */
function k3sBehind(overlay: Overlay, member: Member, spec: Cluster): HostFile {
  const unit = nodeOf(spec, member.node).role === 'server' ? 'k3s.service' : 'k3s-agent.service';
  return dropIn(
    unit,
    '10-wayleave-overlay.conf',
    after(member, `K3s binds and dials addresses of ${overlay.name}: it starts behind it, and never without it`),
  );
}

/** Docker keeps its Swarm's addresses, and does not start with one that it cannot bind. */
function dockerBehind(overlay: Overlay, member: Member): HostFile {
  return dropIn(
    'docker.service',
    '10-wayleave-overlay.conf',
    after(member, `the Swarm binds addresses of ${overlay.name}: Docker starts behind it, and never without it`),
  );
}

function after(member: Member, why: string): string[] {
  return ['[Unit]', `# ${why}`, `Requires=${unitOf(member)}`, `After=${unitOf(member)}`];
}

function dropIn(unit: string, name: string, lines: readonly string[]): HostFile {
  return hostFile(`/etc/systemd/system/${unit}.d/${name}`, lines);
}
