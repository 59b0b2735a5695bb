import type { Commands } from '../../components/commands';
import type { Bound } from '../../components/component';
import type { PortRange } from '../../net/port';
import { interfaceOf } from '../../plan/nodes';
import type { Plan } from '../../plan/plan';
import { tunnelFlows } from '../../plan/tunnel-flows';
import { runsK3s } from '../../spec/orchestrator';
import { sortedEntries } from '../../text/compare';
import { code, fenced, heading } from '../../text/markdown';
import { notesOf, type Chapter } from './chapter';
import { firstStart } from './first-start';

export function operations(plan: Plan, parts: readonly Bound[]): Chapter {
  return {
    title: 'Operations',
    blocks: [
      ...firstStart(plan, parts),
      heading(3, 'Commands'),
      ...(runsK3s(plan.spec)
        ? [
            `${code('kubectl')} stands for ${code('sudo k3s kubectl')} on a server.`,
            fenced('sh', [...cluster(plan, parts), ...inside(plan), ...onNode(plan, parts)]),
          ]
        : [fenced('sh', guarded(parts))]),
      ...notesOf(plan, 'operations'),
    ],
  };
}

/** What every component has to type of one kind. */
function commandsOf(parts: readonly Bound[], kind: keyof Commands): string[] {
  return parts.flatMap((part) => part.commands()[kind] ?? []);
}

function cluster({ spec }: Plan, parts: readonly Bound[]): string[] {
  return [
    '# every address in use',
    'kubectl get nodes -o wide',
    'kubectl get pods -A -o wide',
    'kubectl get svc -A',
    ...commandsOf(parts, 'podRanges'),
    ...(spec.gitops === undefined
      ? []
      : ['# what Argo CD has applied', `kubectl get applications -n ${spec.gitops.namespace}`]),
  ];
}

/** From a pod of an app that calls another. */
function inside({ spec }: Plan): string[] {
  const lines = [
    '',
    '# names, from a fresh pod',
    `kubectl run -it --rm --restart=Never --image=busybox dns-test -- nslookup kubernetes.default.svc.${spec.k3s.clusterDomain} ${spec.k3s.clusterDns}`,
  ];
  for (const [name, app] of sortedEntries(spec.apps)) {
    const need = app.needs.find((one) => 'app' in one);
    const peer = need !== undefined && 'app' in need ? spec.apps[need.app] : undefined;
    const port = Object.values(peer?.ports ?? {})[0];
    if (need === undefined || !('app' in need) || peer === undefined || port === undefined) continue;
    const host = peer.namespace === app.namespace ? need.app : `${need.app}.${peer.namespace}`;
    return [
      ...lines,
      `# as ${name}, if its image has these tools`,
      `kubectl exec -n ${app.namespace} deploy/${name} -- nslookup ${host}`,
      `kubectl exec -n ${app.namespace} deploy/${name} -- getent hosts ${host}`,
      `kubectl exec -n ${app.namespace} deploy/${name} -- nc -zv ${host} ${port.service}`,
      ...pages(spec, name),
    ];
  }
  return lines;
}

/** Of an app that answers HTTP, which another may reach that has no need of it only while no policy closes it. */
function pages({ apps }: Plan['spec'], from: string): string[] {
  const caller = apps[from];
  for (const [name, app] of sortedEntries(apps)) {
    const port = app.ports['http'];
    if (name === from || port === undefined || caller === undefined) continue;
    const host = app.namespace === caller.namespace ? name : `${name}.${app.namespace}`;
    const needed = caller.needs.some((need) => 'app' in need && need.app === name);
    const aside = needed ? '' : `   # the plan gives ${from} no need of it: closed once policies are in force`;
    return [
      `kubectl exec -n ${caller.namespace} deploy/${from} -- wget -q -O- -T 3 ${port.tls ? 'https' : 'http'}://${host}:${port.service}/${aside}`,
    ];
  }
  return [];
}

function onNode(plan: Plan, parts: readonly Bound[]): string[] {
  const { spec, podNetwork } = plan;
  const first = Object.keys(spec.nodes)[0];
  const device = podNetwork.tunnelDevices[0];
  const uplink = first === undefined ? undefined : interfaceOf(spec, first, podNetwork.underlay);
  const [tunnel] = tunnelFlows(plan);
  return [
    '',
    '# on a node: routes of the pod network, and the tunnel',
    'ip route',
    ...(device === undefined ? [] : [`ip -d link show ${device}`]),
    ...(podNetwork.encapsulation === 'wireguard' ? ['sudo wg show'] : []),
    ...(tunnel?.port === undefined || uplink === undefined ? [] : captures(plan, uplink, tunnel.port.container)),
    '# on a node: how Services are routed',
    ...commandsOf(parts, 'services'),
    ...guarded(parts),
  ];
}

function guarded(parts: readonly Bound[]): string[] {
  return [
    '# on a node: who listens, and what the firewall lets in',
    'sudo ss -tulpn',
    ...commandsOf(parts, 'firewall'),
  ];
}

/** Inside a tunnel of another kind the pods' tunnel is not to be seen on the wire. */
function captures({ podNetwork }: Plan, uplink: string, port: PortRange): string[] {
  const { wrappedIn } = podNetwork;
  if (wrappedIn === undefined) return [`sudo tcpdump -ni ${uplink} udp port ${port}`];
  return [
    `sudo tcpdump -ni ${uplink} udp port ${wrappedIn.port}   # on the wire, encrypted: pods of other nodes`,
    `sudo tcpdump -ni ${wrappedIn.device} udp port ${port}   # the same packets before that, or after`,
  ];
}
