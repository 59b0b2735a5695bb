import type { Note } from '../../plan/declares';
import type { Cluster } from '../../spec/cluster';
import { runsK3s } from '../../spec/orchestrator';
import type { FirewallOptions } from './options';

/** What the document says of the host firewall beyond its rules. */
export function notes({ kind }: FirewallOptions, spec: Cluster): Note[] {
  if (kind === 'none' && isTheCnis(spec)) return [];
  if (kind === 'none') {
    return [
      note(
        'No host firewall',
        'Wayleave writes none for this cluster: whatever listens on a node answers whoever reaches it.',
      ),
    ];
  }
  return [
    note('How the host firewall decides', decides(spec)),
    note('What it leaves alone', leaves(spec)),
    note('What an operator sees', kind === 'ufw' ? seenInUfw : seenInNftables(spec)),
    ...(kind === 'ufw' && spec.cni.kind === 'flannel' ? [note('After k3s-killall.sh', afterKillall)] : []),
    { section: 'first-start', title: 'The host firewall', text: start },
  ];
}

/** Whether the pod network guards the nodes itself, by policies of its own. */
function isTheCnis({ cni }: Cluster): boolean {
  return (cni.kind === 'cilium' && cni.hostFirewall) || (cni.kind === 'calico' && cni.hostEndpoints);
}

function note(title: string, text: string): Note {
  return { section: 'firewall', title, text };
}

const decides = (spec: Cluster) =>
  [
    'Inbound is closed, over IPv4 and IPv6, but for the rules below; each is a flow of this document and carries its reason as its comment.',
    'A packet is judged as it enters, by the address and the port that were dialled, before anything translates them.',
    runsK3s(spec)
      ? 'So a NodePort, a ServiceLB or host port and a port that Docker publishes are as closed as any other unless a flow names them, though their packets never pass INPUT.'
      : 'So a port that Docker publishes is as closed as any other unless a flow names it, though its packets never pass INPUT.',
    'What is then translated to a process of the node itself is judged once more at INPUT.',
    ...(runsK3s(spec)
      ? [
          "Pods' addresses are believed by the device they enter by and by nothing else: from any other device, a packet from or to the pod range or to the Service range is refused.",
          'Answers to what the node or a pod began are let in.',
        ]
      : ['Answers to what the node or a container began are let in.']),
    'Nothing outbound is filtered.',
  ].join(' ');

const leaves = (spec: Cluster) =>
  [
    runsK3s(spec)
      ? 'The forward path is not filtered here: pods’ traffic belongs to the pod network and to network policies, and a second opinion in it would cut connections that they allow.'
      : 'The forward path is not filtered here: containers’ traffic belongs to Docker, and a second opinion in it would cut connections that Docker allows.',
    "No other program's rules are emptied or reordered.",
  ].join(' ');

const seenInUfw = [
  '`ufw status numbered` shows the rules with their reasons; control messages (ICMP) stand in `/etc/ufw/before.rules`, and `iptables -t mangle -S wayleave-flows` shows what is judged on entry.',
  'A rule added by hand with `ufw allow` opens INPUT alone and so opens nothing: add the flow to the spec.',
  '`ufw reload` stops UFW and starts it again; for that moment the node is open, as UFW is made.',
  'Refused packets are logged as `[UFW BLOCK]`, at most three a minute.',
].join(' ');

/** Source: K3s's install.sh, which writes k3s-killall.sh. */
const afterKillall =
  'K3s’s `k3s-killall.sh`, and `k3s-uninstall.sh` which calls it, write iptables anew without every line that names flannel, `KUBE-` or `CNI-`, and so without the rules here that name Flannel’s device. Run `sudo ufw reload` after it.';

const start =
  'Its rules are in the kernel alone until `host-setup.sh confirm`, and return to the former ones unless that comes within 60 seconds. Confirm from a second SSH session, which shows that one is let in. If none is: at the console, `host-setup.sh open-ssh`.';

const seenInNftables = (spec: Cluster) =>
  [
    '`nft list table inet wayleave` shows the rules with their reasons; `systemctl reload wayleave-firewall` replaces the table in one step, with no moment in which the node is open.',
    `\`/etc/nftables.conf\` is not used: on Debian and Ubuntu it begins with \`flush ruleset\`, which takes the rules of ${runsK3s(spec) ? 'kube-proxy, Flannel and network policies' : 'Docker'} with it.`,
    'Refused packets are logged as `[WAYLEAVE BLOCK]`, at most three a minute.',
  ].join(' ');
