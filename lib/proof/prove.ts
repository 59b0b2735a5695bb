import { printEndpoint } from '../plan/endpoint';
import { printPort } from '../plan/flow';
import type { Plan } from '../plan/plan';
import { rendersPolicies } from '../plan/policies';
import type { Engine } from '../reach/engine';
import type { Finding } from '../spec/finding';
import { compare, type Comparison } from './compare';
import { compareHosts } from './hosts/compare-hosts';
import { hostWidenings } from './hosts/host-widened';
import { hostWorlds, type HostWorld } from './hosts/host-worlds';
import { declaredBy, type Declared } from './declared';
import { podFlows, type PodFlow } from './pod-flow';
import { flowFindings } from './flow-findings';
import { engineOf, proofWorld, type PlacedObject, type ProofWorld } from './proof-world';
import { widenings, type Widening } from './widened';

/** What the rendered policies allow, held against what the plan's flows declare. */
export interface Proof {
  /** `unproved`: there are no policies that could be judged. */
  readonly state: 'enforced' | 'audited' | 'unproved';
  readonly engine: Engine;
  readonly flows: readonly PodFlow[];
  readonly world: ProofWorld;
  /** What guards the nodes, where the pod network does. */
  readonly hosts: readonly HostWorld[];
  readonly declared: Declared;
  readonly comparison: Comparison;
  readonly widened: readonly Widening[];
  /** What is wrong. */
  readonly findings: readonly Finding[];
  /** What is no fault of anybody's, and worth knowing: it stands in the document, and fails nothing. */
  readonly notices: readonly Finding[];
}

/**
 * Asks the engine that reads manifests who reaches whom by the rendered policies, and compares that with the flows. The
 * engine knows nothing of the flows, nor of how policies are made of them. Nothing comes of a cluster without pods.
 */
export function prove(plan: Plan, objects: readonly PlacedObject[]): Proof | undefined {
  const engine = engineOf(plan);
  if (engine === undefined) return undefined;
  const flows = podFlows(plan);
  const world = proofWorld(plan, objects, engine, flows);
  const declared = declaredBy(flows, world.ends);
  const hosts = hostWorlds(plan, world.reach.world, engine);
  const common = { engine, flows, world, hosts, declared };
  const hostFaults = hosts.flatMap((host) => flowFindings(host.reach, compareHosts(plan, host, world.ends)));
  if (!rendersPolicies(plan.spec))
    return {
      ...common,
      state: 'unproved',
      comparison: { blocked: [], undeclared: [] },
      widened: [],
      findings: [...world.findings, ...hostFaults],
      notices: [],
    };
  const comparison = compare(plan, world, declared);
  const widened = [...widenings(plan, flows, engine), ...hosts.flatMap((host) => hostWidenings(plan, host))];
  const isAudit = plan.spec.policies === 'audit';
  const faults = [...flowFindings(world.reach, comparison), ...hostFaults];
  return {
    ...common,
    state: isAudit ? 'audited' : 'enforced',
    comparison,
    widened,
    findings: [
      ...world.findings,
      // What is only watched cuts nobody off yet.
      ...(isAudit ? faults.map((finding): Finding => ({ ...finding, severity: 'warning' })) : faults),
    ],
    notices: widened.map(noticeOf),
  };
}

function noticeOf({ flow, superset, addresses, why }: Widening): Finding {
  const shown = addresses === undefined ? '' : ` (${addresses})`;
  return {
    code: 'FLOW_WIDENED',
    severity: 'notice',
    at: [flow.source],
    message: `${printEndpoint(flow.from)} → ${printEndpoint(flow.to)}, ${printPort(flow)}: ${superset}${shown.length > MOST_SHOWN ? '' : shown} is let through instead, since ${why}`,
  };
}

const MOST_SHOWN = 200;
