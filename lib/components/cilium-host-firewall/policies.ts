import type { Chart } from 'cdk8s';
import {
  CiliumClusterwideNetworkPolicy,
  CiliumClusterwideNetworkPolicySpecsIngressFromEndpointsMatchExpressionsOperator as Exists,
  CiliumClusterwideNetworkPolicySpecsIngressFromEntities as Entity,
  CiliumClusterwideNetworkPolicySpecsIngressIcmpsFieldsFamily as Family,
  CiliumClusterwideNetworkPolicySpecsIngressIcmpsFieldsType as MessageType,
  CiliumClusterwideNetworkPolicySpecsIngressToPortsPortsProtocol as PortProtocol,
  CiliumClusterwideNetworkPolicySpecsNodeSelectorMatchExpressionsOperator as Operator,
  type CiliumClusterwideNetworkPolicySpecs,
  type CiliumClusterwideNetworkPolicySpecsIngress as Ingress,
  type CiliumClusterwideNetworkPolicySpecsIngressFromEndpoints as Pods,
  type CiliumClusterwideNetworkPolicySpecsNodeSelector as NodeSelector,
} from '../../../imports/cilium.io';
import { icmpMessages, icmpNumber } from '../../net/well-known-icmp';
import { selectNodes } from '../../plan/nodes';
import type { Plan } from '../../plan/plan';
import { SERVER_LABEL } from '../placement';
import { addObject } from '../plain-object';
import { hostRules, type HostRule, type Peer, type PodSelector } from './rules';

/** The label by which Cilium knows a pod's namespace. Source: Cilium docs, policies in Kubernetes. */
const NAMESPACE_LABEL = 'k8s:io.kubernetes.pod.namespace';

/**
 * The host firewall: one policy for all nodes, or one for servers and one for agents. Each is one object, so that a
 * change of it takes effect as a whole, and closes its nodes to all that it does not name.
 */
export function addHostPolicies(chart: Chart, plan: Plan): void {
  const groups = (['servers', 'agents'] as const)
    .map((role) => ({ role, nodes: selectNodes(plan.spec, role) }))
    .filter(({ nodes }) => nodes.length > 0);
  for (const { role, nodes } of groups) {
    const only = groups.length === 1;
    const selector = only ? {} : selectorOf(role);
    addPolicy(chart, only ? 'nodes' : role, selector, hostRules(plan, nodes));
  }
}

/**
 * By the label that K3s sets on servers at every start. Labels that begin with `kubernetes.io`, the host's name among
 * them, never reach the label set by which Cilium selects hosts: a policy that asks for one selects nothing, and
 * everything stays open. Source: Cilium pkg/labelsfilter, default expressions.
 */
function selectorOf(role: 'servers' | 'agents'): NodeSelector {
  const operator = role === 'servers' ? Operator.EXISTS : Operator.DOES_NOT_EXIST;
  return { matchExpressions: [{ key: SERVER_LABEL, operator }] };
}

function addPolicy(chart: Chart, name: string, nodeSelector: NodeSelector, rules: readonly HostRule[]): void {
  addObject(CiliumClusterwideNetworkPolicy, chart, `host-${name}`, {
    metadata: {
      name: `wayleave-${name}`,
      annotations: {
        // Its kind is defined by Cilium's operator and not by the chart.
        'argocd.argoproj.io/sync-options': 'SkipDryRunOnMissingResource=true',
      },
    },
    specs: rules.map((rule) => specOf(rule, nodeSelector)),
  });
}

function specOf(rule: HostRule, nodeSelector: NodeSelector): CiliumClusterwideNetworkPolicySpecs {
  return {
    description: rule.reasons.join('; '),
    nodeSelector,
    ingress: [{ ...sourceOf(rule.peer), ...targetOf(rule) }],
  };
}

function sourceOf(peer: Peer): Ingress {
  switch (peer.kind) {
    case 'entities':
      return { fromEntities: [Entity.REMOTE_HYPHEN_NODE, ...(peer.world ? [Entity.WORLD] : [])] };
    case 'addresses':
      return { fromCidr: peer.addresses.prefixes().map(String) };
    case 'pods':
      return { fromEndpoints: peer.selectors.map(podsOf) };
  }
}

/** An empty selector would mean every endpoint of Cilium's, hosts included: pods are what has a namespace. */
function podsOf({ namespace, labels }: PodSelector): Pods {
  if (namespace === undefined) return { matchExpressions: [{ key: NAMESPACE_LABEL, operator: Exists.EXISTS }] };
  return { matchLabels: { [NAMESPACE_LABEL]: namespace, ...labels } };
}

const PROTOCOLS = { tcp: PortProtocol.TCP, udp: PortProtocol.UDP, sctp: PortProtocol.SCTP } as const;

function targetOf({ protocol, port, icmpTypes }: HostRule): Pick<Ingress, 'icmps' | 'toPorts'> {
  if (protocol === 'icmp' || protocol === 'icmpv6') {
    const family = protocol === 'icmp' ? Family.I_PV4 : Family.I_PV6;
    const types = icmpTypes ?? icmpMessages(protocol);
    const fields = types.map((name) => ({ family, type: MessageType.fromNumber(icmpNumber(protocol, name)) }));
    return { icmps: [{ fields }] };
  }
  if (port === undefined || (protocol !== 'tcp' && protocol !== 'udp' && protocol !== 'sctp')) return {};
  const end = port.last > port.first ? { endPort: port.last } : {};
  return { toPorts: [{ ports: [{ port: String(port.first), ...end, protocol: PROTOCOLS[protocol] }] }] };
}
