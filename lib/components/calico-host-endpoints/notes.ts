import type { Note } from '../../plan/declares';
import type { Cluster } from '../../spec/cluster';

/** What the document says of the host firewall beyond its rules. */
export const hostEndpointNotes = ({ gitops }: Pick<Cluster, 'gitops'>): readonly Note[] => [
  {
    section: 'firewall',
    title: 'How the host firewall decides',
    text: [
      'Calico guards every interface of a node that the spec names, each by a HostEndpoint. Interfaces that let in the same share two policies, whose rules are flows of this document and carry their reasons as annotations.',
      '`…-dialled` judges a new connection by the address and port that were dialled, before NodePorts and Services are resolved: so it also holds for what the node only passes on to a pod. `…-landing` then judges what ends in a process of the node itself, by the port that process binds. What neither lets in is refused; nothing outbound is filtered.',
      "Some ports stay open to anyone, whatever a policy says, so that no policy can lock its own author out: TCP 22, 179, 2379, 2380, 5473, 6443, 6666 and 6667, and UDP 68 (Felix's failsafe ports). The kubelet's 10250 and MetalLB's 7946 are not among them: a node without its policies' rules for these is cut off from the cluster. To close a failsafe port, a firewall in front of the nodes is needed, or `failsafeInboundHostPorts` in the FelixConfiguration.",
      "Pods reach their own node without being asked, by Calico's own devices; so does whatever comes in by an interface that the spec does not name.",
    ].join(' '),
  },
  {
    section: 'operations',
    title: 'When the host firewall shuts somebody out',
    text: [
      `SSH and the API are failsafe ports and always answer. ${gitops === undefined ? 'The policies come before the interfaces in their file, and are applied in that order' : 'Argo CD writes the policies before the interfaces and removes them after'}: an interface without policies is open, not closed. A node is open from its boot until calico-node runs there.`,
      `To open every node until ${gitops === undefined ? 'that file is applied again' : 'Argo CD syncs again'}: \`kubectl delete hostendpoints.crd.projectcalico.org --all\`.`,
      '`kubectl get globalnetworkpolicies.crd.projectcalico.org` lists the policies; `iptables-save -c | grep cali-` on a node counts what each rule has let in.',
    ].join(' '),
  },
];
