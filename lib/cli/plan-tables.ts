import { printCapability } from '../plan/capability';
import { printEndpoint, printSelector } from '../plan/endpoint';
import { printPort } from '../plan/flow';
import { boundPort } from '../plan/listener';
import type { Plan } from '../plan/plan';
import { printPath } from '../spec/finding';
import { textTable } from '../text/table';

/** A plan as tables for a terminal. */
export function planTables(plan: Plan): string {
  const title = (text: string, count: number) => `${plan.spec.name}: ${text} (${count})\n\n`;
  return [
    title('addresses', plan.claims.length) + addresses(plan),
    title('listeners', plan.listeners.length) + listeners(plan),
    title('flows', plan.flows.length) + flows(plan),
    title('capabilities', plan.provided.length) + capabilities(plan),
  ].join('\n');
}

function addresses(plan: Plan): string {
  const rows = plan.claims.map((claim) => [
    claim.network,
    claim.addresses.toString(),
    claim.owner,
    claim.purpose,
    printPath(claim.source),
  ]);
  return textTable(['network', 'addresses', 'owner', 'purpose', 'spec'], rows);
}

function listeners(plan: Plan): string {
  const rows = plan.listeners.map(({ ports, protocol, owner, purpose, on, bind }) => {
    const port = boundPort({ ports });
    const where = 'nodes' in on ? printSelector(on.nodes) : on.workload;
    return [`${port}/${protocol}`, owner, purpose, where, bind];
  });
  return textTable(['port', 'owner', 'purpose', 'on', 'binds'], rows);
}

function flows(plan: Plan): string {
  const rows = plan.flows.map((flow) => [
    printEndpoint(flow.from),
    printEndpoint(flow.to),
    printPort(flow),
    flow.over,
    flow.address,
    flow.encryptedBy ?? '–',
    flow.declaredBy,
    flow.reason,
  ]);
  return textTable(['from', 'to', 'port', 'over', 'address', 'encrypted by', 'declared by', 'why'], rows);
}

function capabilities(plan: Plan): string {
  const rows = plan.provided.map((one) => {
    const users = plan.required
      .filter((need) => printCapability(need) === printCapability(one))
      .map((need) => need.owner);
    return [
      printCapability(one),
      one.owner,
      String(plan.waves.get(one.owner) ?? 0),
      [...new Set(users)].join(', ') || '–',
    ];
  });
  return textTable(['capability', 'owner', 'wave', 'needed by'], rows);
}
