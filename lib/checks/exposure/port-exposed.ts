import type { Endpoint } from '../../plan/endpoint';
import { printPort, type Flow } from '../../plan/flow';
import { hostFirewall } from '../../plan/host-firewall';
import { boundPort, type Listener } from '../../plan/listener';
import { nodesOfListener } from '../../plan/listener-nodes';
import { addressesOf } from '../../plan/nodes';
import type { Plan } from '../../plan/plan';
import { printPath, type Finding } from '../../spec/finding';
import { fails, listed, warns } from '../found';
import { sensitive } from './sensitive';
import { isUntrusted } from './untrusted';

/** What was never made for strangers, or draws all of them, and can be called from a network that is not trusted. */
export function portExposed(plan: Plan): Finding[] {
  return hostFirewall(plan) === undefined ? unguarded(plan) : opened(plan);
}

/** Without a host firewall whoever is on a network calls what the nodes bind there. */
function unguarded(plan: Plan): Finding[] {
  return untrusted(plan).flatMap((network) => {
    const open = plan.listeners.flatMap((listener) => {
      const found = bindsOn(listener, network) ? sensitive(listener) : undefined;
      const isThere = nodesOfListener(plan, listener).some((node) => addressesOf(plan.spec, node, network).length > 0);
      return found === undefined || !isThere ? [] : [{ ...found, listener }];
    });
    if (open.length === 0) return [];
    const said = open.map(({ what, listener }) => `${what} (${String(boundPort(listener))}/${listener.protocol})`);
    const path = ['firewall', 'kind'];
    return [
      fails('PORT_EXPOSED', {
        at: [path, ['networks', network], ...open.map(({ listener }) => listener.source)],
        message: `the nodes have no firewall, and anyone on ${network}, which is not trusted, can call ${listed([...new Set(said)], 8)}`,
        fix: 'nftables',
        suggest: { path, value: 'nftables' },
      }),
    ];
  });
}

/** Openings that the spec asks for, each reported where it is asked for. */
function opened(plan: Plan): Finding[] {
  const networks = new Set(untrusted(plan));
  const found = new Map<string, Finding>();
  for (const flow of plan.flows) {
    if (!isAnyone(flow.from) || !networks.has(flow.over) || flow.to.kind !== 'nodes') continue;
    const what = listenersAt(plan, flow).flatMap((listener) => sensitive(listener) ?? [])[0];
    if (what === undefined) continue;
    const finding = (what.never ? fails : warns)('PORT_EXPOSED', {
      at: [flow.source, ['networks', flow.over]],
      message: `${what.what} (${printPort(flow)}) is open to anyone on ${flow.over}, which is not trusted: ${flow.reason}`,
      fix: what.never ? 'take this opening out' : 'the addresses or networks that its operators call from',
    });
    found.set(`${printPath(flow.source)} ${flow.over}`, finding);
  }
  return [...found.values()];
}

const isAnyone = (end: Endpoint) => end.kind === 'internet';

function listenersAt(plan: Plan, { port, protocol }: Flow): Listener[] {
  const dialled = port?.host ?? port?.container;
  if (dialled === undefined) return [];
  return plan.listeners.filter((one) => one.protocol === protocol && one.ports.host?.overlaps(dialled));
}

function bindsOn({ bind, ports }: Listener, network: string): boolean {
  return ports.host !== undefined && (bind === 'all' || bind === network);
}

/** Networks of the spec that strangers are on. */
function untrusted({ spec }: Plan): string[] {
  return Object.keys(spec.networks).filter((network) => isUntrusted(spec, network));
}
