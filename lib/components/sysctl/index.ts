import { podFamilies } from '../../plan/cluster-ranges';
import type { KernelModule, Sysctl } from '../../plan/host-needs';
import type { Plan } from '../../plan/plan';
import { isSelected } from '../../plan/nodes';
import { register } from '../component';

/** First port that a process without privileges may bind. Source: kernel Documentation/networking/ip-sysctl.rst. */
const UNPRIVILEGED_PORT_START = 1024;

/** Kernel settings that follow from the plan: forwarding, bridges under netfilter, low ports for non-root listeners. */
export const sysctl = register<Record<string, never>>({
  name: 'sysctl',
  options: () => ({}),
  host: (_, plan, node) => ({
    sysctls: [...forwarding(plan), ...bridges(plan), ...lowPorts(plan, node)],
    modules: modules(plan),
  }),
});

function forwarding(plan: Plan): Sysctl[] {
  const reason = "pods' packets pass through the node from one interface to another";
  const sysctls: Sysctl[] = [];
  if (podFamilies(plan.spec).includes(4)) sysctls.push({ key: 'net.ipv4.ip_forward', value: '1', reason });
  if (podFamilies(plan.spec).includes(6)) {
    sysctls.push({ key: 'net.ipv6.conf.all.forwarding', value: '1', reason });
    // A forwarding node ignores router advertisements unless told otherwise (kernel ip-sysctl.rst, accept_ra).
    for (const network of Object.values(plan.spec.networks)) {
      if (!('addressing' in network) || network.addressing !== 'dhcp') continue;
      const why = 'keep the default route that routers advertise, though the node forwards';
      sysctls.push({
        key: `net.ipv6.conf.${network.interface.replaceAll('.', '/')}.accept_ra`,
        value: '2',
        reason: why,
      });
    }
  }
  return sysctls;
}

/** Flannel joins pods by a Linux bridge, whose frames iptables does not see by itself. */
function bridges(plan: Plan): Sysctl[] {
  if (!plan.podNetwork.podDevices.includes('cni0')) return [];
  const reason = 'traffic between pods of one node crosses a bridge and must still meet Service and policy rules';
  return [
    { key: 'net.bridge.bridge-nf-call-iptables', value: '1', reason },
    ...(podFamilies(plan.spec).includes(6) ? [{ key: 'net.bridge.bridge-nf-call-ip6tables', value: '1', reason }] : []),
  ];
}

/** A process that is not root binds a port below 1024 only where the host lets everyone do so; capabilities do not help it. */
function lowPorts(plan: Plan, node: string): Sysctl[] {
  const low = plan.listeners.filter(({ on, ports, runAsUser }) => {
    if (runAsUser === undefined || runAsUser === 0) return false;
    const port = ports.host;
    if (port === undefined || port.first >= UNPRIVILEGED_PORT_START) return false;
    const select = 'nodes' in on ? on.nodes : plan.workloads.get(on.workload)?.nodes;
    return select !== undefined && isSelected(plan.spec, node, select);
  });
  if (low.length === 0) return [];
  const who = [...new Set(low.map(({ owner, runAsUser }) => `${owner} runs as user ${String(runAsUser)}`))]
    .sort()
    .join(', ');
  const ports = [...new Set(low.map(({ ports }) => ports.host?.toString() ?? ''))]
    .sort((a, b) => Number(a) - Number(b))
    .join(', ');
  return [
    {
      key: 'net.ipv4.ip_unprivileged_port_start',
      value: '0',
      reason: `${who} and binds ${ports} on the host network; the firewall still decides who reaches them`,
    },
  ];
}

function modules(plan: Plan): KernelModule[] {
  const found: KernelModule[] = [{ name: 'overlay', reason: 'containerd keeps images in overlay file systems' }];
  if (plan.podNetwork.podDevices.includes('cni0')) {
    found.push({ name: 'br_netfilter', reason: 'net.bridge.* exists only with it' });
  }
  return found;
}
