import { printEndpoint } from '../../plan/endpoint';
import { printPort } from '../../plan/flow';
import type { Plan } from '../../plan/plan';
import { matrix, ofEveryPod, type Contact } from '../../proof/matrix';
import type { Proof } from '../../proof/prove';
import type { Engine } from '../../reach/engine';
import { compareText } from '../../text/compare';
import { list } from '../../text/list';
import { code, heading, table, text } from '../../text/markdown';
import type { Chapter } from './chapter';
import { endpoint } from './words';

const ENGINES: Readonly<Record<Engine, string>> = {
  k3s: 'K3s’s policy controller',
  cilium: 'Cilium',
  calico: 'Calico',
  specification: 'the engine',
};

/** The matrix that follows from the rendered policies. */
export function whoReachesWhom(plan: Plan, proof: Proof | undefined): Chapter {
  return { title: 'Who reaches whom', blocks: proof === undefined ? [] : [...verdict(plan, proof), ...rows(proof)] };
}

function verdict(plan: Plan, proof: Proof): string[] {
  if (proof.state === 'unproved')
    return [
      `No policy is rendered (${code(`policies: ${plan.spec.policies}`)}), so every pod reaches every other, and nothing is proved. What they would let through, and nothing else:`,
    ];
  const watched =
    proof.state === 'audited'
      ? ` They are only watched for now (${code('policies: audit')}): what they would hold up still passes.`
      : '';
  return [
    `What the rendered policies let through, as ${ENGINES[proof.engine]} applies them. They were read again by an engine that knows nothing of the flows, and compared with them: the ${proof.flows.length} flows that bear on pods pass, and nothing else does, but for what the last table names.${watched}`,
    `A node always reaches the pods that it runs. ${everyPod(proof)}`,
  ];
}

function everyPod(proof: Proof): string {
  const { reaches, reachedBy } = ofEveryPod(proof);
  const reached = reachedBy.length === 0 ? 'is reached by nobody' : `is reached by ${contacts(reachedBy)}`;
  const own = reaches.length === 0 ? 'reaches nobody' : `reaches ${contacts(reaches)}`;
  return `Every pod of these namespaces ${own}; one that stands in no row ${reached}.`;
}

function rows(proof: Proof): string[] {
  const all = matrix(proof);
  const namespaces = [...new Set(all.map(({ end }) => end.namespace))].sort();
  return [
    ...namespaces.flatMap((namespace) => [
      heading(3, text(`Pods of ${namespace}`)),
      table(
        ['Workload', 'Reached by', 'Reaches'],
        all
          .filter(({ end }) => end.namespace === namespace)
          .map(({ end, reachedBy, reaches }) => [
            code(end.name.slice(namespace.length + 1)),
            contacts(reachedBy),
            contacts(reaches),
          ]),
      ),
    ]),
    ...wider(proof),
  ];
}

/** `kube-system/traefik: TCP 8000`, with all who share the same ports together. */
function contacts(all: readonly Contact[]): string {
  return all
    .map(({ traffic, peers, sameNode }) => {
      const names = [...new Set(peers.map(endpoint))].sort(compareText).join(', ');
      return `${sameNode ? 'its own node' : names} (${traffic})`;
    })
    .sort(compareText)
    .join('; ');
}

/** What an engine cannot say as narrowly as it is meant: one row for each way in which it is wider. */
function wider({ widened }: Proof): string[] {
  if (widened.length === 0) return [];
  const groups = new Map<string, { superset: string; why: string; flows: string[] }>();
  for (const { flow, superset, why } of widened) {
    const name = `${printEndpoint(flow.from)} → ${printEndpoint(flow.to)}, ${printPort(flow)}`;
    const key = `${superset}\u0000${why}`;
    const group = groups.get(key);
    if (group === undefined) groups.set(key, { superset, why, flows: [name] });
    else group.flows.push(name);
  }
  return [
    heading(3, 'Wider than declared'),
    `The engine cannot be told these flows as narrowly as they are meant (${code('FLOW_WIDENED')}):`,
    table(
      ['Let through instead', 'Why', 'For'],
      [...groups.values()].map(({ superset, why, flows }) => [
        text(superset),
        text(why),
        list([...new Set(flows)].map((flow) => text(flow))),
      ]),
    ),
  ];
}
