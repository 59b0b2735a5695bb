import type { Note } from '../../plan/declares';
import { nodesSpeakIpv6 } from '../../plan/ipv6';
import type { Cluster } from '../../spec/cluster';

const IPV6_IS_DEAD: Note = {
  section: 'firewall',
  title: 'IPv6 is dead on these nodes',
  text: 'Pods have no IPv6, so Cilium’s IPv6 is off, and its host firewall then drops every IPv6 packet of a node, in and out, neighbour discovery among them, before any policy is asked: no rule can let one through. The nodes’ kernel settings therefore turn IPv6 off on every device but loopback, so that nothing tries it first and waits. A node to which the spec gives an IPv6 address keeps it, and nobody reaches it there.',
};

/** What the document says of the host firewall beyond its rules. */
export function hostFirewallNotes(spec: Cluster): Note[] {
  const names = Object.values(spec.nodes).some(({ role }) => role === 'agent')
    ? '`wayleave-servers` and `wayleave-agents`'
    : '`wayleave-nodes`';
  return [
    {
      section: 'firewall',
      title: 'How the host firewall decides',
      text: [
        `Cilium guards the nodes by clusterwide policies with a node selector, ${names}; every rule is a flow of this document and carries its reason as its description. What none of them lets in is refused; nothing outbound is filtered.`,
        "It judges by who sends, not by device: another node, a pod by its namespace and labels, or an address of neither. A rule for addresses never matches a node or a pod that Cilium knows, so other nodes are named as such, and all of them where one is meant: TLS on both sides keeps agents out of etcd. The nodes' addresses stand there too, for a machine that joins and is not yet a node to Cilium.",
        'Policies select nodes by their role alone: of the labels that K3s gives a node, Cilium passes over those that begin with `kubernetes.io`.',
        'Service, LoadBalancer and NodePort addresses are translated before the host firewall sees a packet. What is for a process of the node is judged by the port that process binds; what is for a pod is not judged here at all, and the policies of that pod decide.',
      ].join(' '),
    },
    ...(nodesSpeakIpv6(spec) ? [] : [IPV6_IS_DEAD]),
    {
      section: 'operations',
      title: 'When the host firewall shuts somebody out',
      text: [
        'Argo CD applies the policies after the chart, each as one object, so that none is ever half in force; from the first start until then, and from each boot until its agent runs, a node is open.',
        "A server's own `kubectl` calls the API by loopback, which no policy filters: from a console of any server, `kubectl delete ccnp --all` opens every node until Argo CD syncs again.",
        `To see what would be refused without refusing it: \`kubectl -n kube-system exec ds/cilium -- cilium-dbg endpoint config ID PolicyAuditMode=Enabled\`, with the number that \`cilium-dbg endpoint list\` gives \`reserved:host\`, then \`cilium-dbg monitor -t policy-verdict\`.`,
      ].join(' '),
    },
  ];
}
