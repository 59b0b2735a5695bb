import type { Engine } from './engine';
import type { Doubt } from './verdict';

/** Why something is undefined, in a few words. */
export const DOUBTS: Readonly<Record<Doubt, string>> = {
  self: 'a pod to itself',
  'host-network': 'a pod of the host network',
  'service-nat': 'a Service may hide the client behind a node',
  'pod-address': 'the addresses may be those of pods',
  'shared-set': 'another block of the rule excepts the address',
  rule: 'a rule cannot be judged',
};

/**
 * What engines are known to do where the NetworkPolicy specification says nothing.
 * Sources: Kubernetes docs, network policies; kube-router and K3s docs; kube-router pkg/controllers/netpol (ipsets); Cilium docs, policy; Calico docs, host endpoints.
 */
export const KNOWN_BEHAVIOUR: Readonly<Record<Doubt, Readonly<Record<Engine, string>>>> = {
  self: {
    specification: 'The specification does not say whether policies bear on a pod that talks to itself.',
    k3s: 'K3s never sees what a pod sends to its own address; by way of a Service it is judged like any other traffic.',
    cilium: 'Cilium lets a pod reach itself, by its own address and by way of a Service.',
    calico:
      'Calico never sees what a pod sends to its own address; by way of a Service it is judged like any other traffic.',
  },
  'host-network': {
    specification: 'The specification leaves pods of the host network to the engine.',
    k3s: 'K3s applies no policy to pods of the host network, finds them by no selector, and lets each node reach the pods it runs; from another node they come with an address of their node.',
    cilium:
      'Cilium takes pods of the host network for their node: `host` to pods of the same node, which is always let in, and `remote-node` to all others.',
    calico:
      'Calico applies to pods of the host network only policies for host endpoints, finds them by no selector of pods, and lets each node reach the pods it runs.',
  },
  'service-nat': {
    specification:
      'The specification does not say whether an ipBlock is compared before or after a Service rewrites addresses.',
    k3s: 'K3s compares after: with externalTrafficPolicy Cluster a client may come with the address of a node; Local keeps its own.',
    cilium:
      'Cilium sees a client that another node took in as `remote-node`, unless DSR or externalTrafficPolicy Local keeps its address.',
    calico:
      'Calico compares after: with externalTrafficPolicy Cluster a client may come with the address of a node; Local keeps its own.',
  },
  'pod-address': {
    specification: 'The specification means an ipBlock for addresses outside the cluster.',
    k3s: 'K3s compares an ipBlock with the addresses of pods too, and those are given out at run time.',
    cilium: 'Cilium compares a CIDR with no pod and no node; a name may have any address.',
    calico: 'Calico compares nets with the addresses of pods too, and those are given out at run time.',
  },
  'shared-set': {
    specification: 'The specification takes every ipBlock of a rule for itself.',
    k3s: 'K3s keeps all ipBlocks of one rule in one set, in which what one of them excepts may be missing from the others; a rule of its own for each block has no such doubt.',
    cilium: 'Cilium takes every ipBlock of a rule for itself.',
    calico: 'Calico takes every ipBlock of a rule for itself.',
  },
  rule: {
    specification: 'The rule asks for something that manifests do not tell.',
    k3s: 'The rule asks for something that manifests do not tell.',
    cilium: 'The rule asks for something that manifests do not tell.',
    calico: 'The rule asks for something that manifests do not tell.',
  },
};
