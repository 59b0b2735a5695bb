import { K3S_CLUSTER_CIDR } from '../net/well-known';

export const REACH_HELP = `usage: wayleave reach DIR [--format FORMAT] [--from X] [--to Y] [--port P] [--engine ENGINE] [--pod-range RANGE]
       wayleave reach DIR --explain FROM TO [PORT]

Reads every YAML and JSON manifest below DIR, whoever wrote it, and says who reaches whom by its NetworkPolicies and by
those of Cilium or Calico. The pods must be there too, or what makes them. Invalid policies are reported, and the exit
code is 1.

  --format FORMAT    text (default), json, csv, md, dot, or connlist: one line a pair by the text of the
                     NetworkPolicy API alone, and what an ingress controller may send to whom
  --from X, --to Y   only from X, only to Y: namespace/name, a namespace, an address, a prefix, internet, host,
                     remote-node, kube-apiserver or a DNS name that a policy speaks of
  --port P           only this traffic: 443, 8000-8999, 53/udp, icmp
  --explain          the verdict on each side, the policy and the rule that decided, and what would have to change
  --engine ENGINE    who enforces: k3s, cilium, calico, or specification for the text of the API alone
                     (default: the one whose policies there are, else k3s)
  --pod-range RANGE  where pods have their addresses (default: ${K3S_CLUSTER_CIDR})
  --help             this text
`;
