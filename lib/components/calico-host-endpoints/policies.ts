import type { Chart } from 'cdk8s';
import {
  GlobalNetworkPolicy,
  GlobalNetworkPolicySpecIngressAction as Action,
  GlobalNetworkPolicySpecIngressDestinationPorts as Ports,
  GlobalNetworkPolicySpecIngressProtocol as RuleProtocol,
  HostEndpoint,
  type GlobalNetworkPolicySpecIngress as Ingress,
} from '../../../imports/crd.projectcalico.org';
import { AddressSet } from '../../net/address-set';
import type { PortRange } from '../../net/port';
import { icmpNumber } from '../../net/well-known-icmp';
import { podAddresses, serviceAddresses } from '../../plan/cluster-ranges';
import { addressesBehind } from '../../plan/devices';
import type { Protocol } from '../../plan/flow';
import { guardedAddresses } from '../../plan/guarded-addresses';
import { hostnameOf, nodeAddresses } from '../../plan/nodes';
import type { Plan } from '../../plan/plan';
import { addObject } from '../plain-object';
import { hostGroups, objectName, type Group } from './endpoints';
import type { HostRule } from './rules';

/** By which policies find the interfaces they are for. */
const LABEL = 'wayleave-host';

/** Calico keeps a policy under the name of its tier and its own. Source: Calico docs, GlobalNetworkPolicy. */
const TIER = 'default';

/** Open until a policy says otherwise: an endpoint that comes before its policies shuts nobody out. Source: Calico docs. */
const OPEN_PROFILE = 'projectcalico-default-allow';

/** Before any policy of somebody else's that has a larger order or none. */
const ORDER = 100;

/** The operator brings these kinds as it starts; policies come before the interfaces they guard, and go after them. */
function annotations(wave: number) {
  return {
    'argocd.argoproj.io/sync-options': 'SkipDryRunOnMissingResource=true',
    'argocd.argoproj.io/sync-wave': String(wave),
  };
}

/** The interfaces of all nodes, and for those that are alike two policies: one on what is dialled, one on what lands. */
export function addHostEndpoints(chart: Chart, plan: Plan): void {
  for (const group of hostGroups(plan)) {
    addDialled(chart, plan, group);
    addLanding(chart, group);
    for (const { node, device } of group.members) {
      const name = objectName(`${hostnameOf(plan.spec, node)}-${device}`);
      addObject(HostEndpoint, chart, `endpoint-${name}`, {
        metadata: { name, labels: { [LABEL]: group.name }, annotations: annotations(1) },
        spec: {
          node: hostnameOf(plan.spec, node),
          interfaceName: device,
          expectedIPs: addressesBehind(plan.spec, node, device).map(String),
          profiles: [OPEN_PROFILE],
        },
      });
    }
  }
}

/**
 * Judges what enters by address and port as they were dialled, before NodePorts and Services are resolved, and so also
 * what the node passes on to a pod. What it allows goes on to the policies below.
 */
function addDialled(chart: Chart, plan: Plan, group: Group): void {
  const pods = podAddresses(plan.spec);
  const own = AddressSet.of(
    ...Object.keys(plan.spec.networks).map((network) =>
      nodeAddresses(plan.spec, { names: group.members.map(({ node }) => node) }, network),
    ),
  );
  const closed = own.union(guardedAddresses(plan)).union(serviceAddresses(plan.spec));
  addObject(GlobalNetworkPolicy, chart, `dialled-${group.name}`, {
    metadata: { name: `${TIER}.wayleave-${group.name}-dialled`, annotations: annotations(0) },
    spec: {
      ...common(group),
      preDnat: true,
      applyOnForward: true,
      ingress: [
        ...group.rules.flatMap((rule) => allow(rule, rule.port, rule.destinations)),
        ...group.entrances.map(({ sources, reason }) => ({
          action: Action.ALLOW,
          ...because([reason]),
          ...(sources === undefined ? {} : { source: { nets: netsOf(sources) } }),
          destination: { nets: netsOf(pods) },
        })),
        {
          action: Action.DENY,
          ...because(["pods' addresses come in by the pod network's own devices, or they are forged"]),
          source: { nets: netsOf(pods) },
        },
        {
          action: Action.DENY,
          ...because(['nobody else dials a node, a NodePort, a virtual address, a Service or a pod by this interface']),
          destination: { nets: netsOf(closed.union(pods)) },
        },
      ],
    },
  });
}

/** Judges what ends in a process of the node itself, by the port that process binds. */
function addLanding(chart: Chart, group: Group): void {
  const rules = group.rules.filter(({ lands }) => lands);
  addObject(GlobalNetworkPolicy, chart, `landing-${group.name}`, {
    metadata: { name: `${TIER}.wayleave-${group.name}-landing`, annotations: annotations(0) },
    spec: { ...common(group), ingress: rules.flatMap((rule) => allow(rule, rule.landing)) },
  });
}

function common({ name }: Group) {
  return { tier: TIER, order: ORDER, selector: `${LABEL} == '${name}'`, types: ['Ingress'] };
}

/** One rule, or one for each type of message: Calico's rules name one at a time. */
function allow(rule: HostRule, port: PortRange | undefined, destinations?: AddressSet): Ingress[] {
  const destination = {
    ...(destinations === undefined ? {} : { nets: netsOf(destinations) }),
    ...(port === undefined ? {} : { ports: [portsOf(port)] }),
  };
  const one: Ingress = {
    action: Action.ALLOW,
    ...because(rule.reasons),
    ...protocolOf(rule.protocol),
    ...(rule.sources === undefined ? {} : { source: { nets: netsOf(rule.sources) } }),
    ...(Object.keys(destination).length === 0 ? {} : { destination }),
  };
  const { protocol, icmpTypes } = rule;
  if (icmpTypes === undefined || (protocol !== 'icmp' && protocol !== 'icmpv6')) return [one];
  return icmpTypes.map((name) => ({ ...one, icmp: { type: icmpNumber(protocol, name) } }));
}

/** Annotations of a rule change nothing of it. */
function because(reasons: readonly string[]): Pick<Ingress, 'metadata'> {
  return { metadata: { annotations: { reason: reasons.join('; ') } } };
}

/** Numbers of protocols: IANA, protocol numbers. */
const PROTOCOLS: Readonly<Record<Exclude<Protocol, 'any'>, string | number>> = {
  tcp: 'TCP',
  udp: 'UDP',
  sctp: 'SCTP',
  icmp: 'ICMP',
  icmpv6: 'ICMPv6',
  esp: 50,
  ipip: 4,
};

function protocolOf(protocol: Protocol): Pick<Ingress, 'protocol'> {
  if (protocol === 'any') return {};
  const value = PROTOCOLS[protocol];
  return { protocol: typeof value === 'number' ? RuleProtocol.fromNumber(value) : RuleProtocol.fromString(value) };
}

function portsOf({ first, last }: PortRange): Ports {
  return first === last ? Ports.fromNumber(first) : Ports.fromString(`${first}:${last}`);
}

function netsOf(addresses: AddressSet): string[] {
  return addresses.prefixes().map(String);
}
