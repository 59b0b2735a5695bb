import type { Plan } from '../../plan/plan';
import { selectNodes } from '../../plan/nodes';
import { networkEncryption } from '../../plan/network-kind';
import { list } from '../../text/list';
import { code, text } from '../../text/markdown';
import { count } from './words';

/** What a cluster's Swarm is, in a sentence or two; nothing where it has none. */
export function swarmSummary({ spec }: Plan): string {
  const { swarm } = spec;
  if (swarm === undefined) return '';
  const nodes = count(selectNodes(spec, 'all').length, 'machine');
  const managers = list(swarm.managers.map((name) => code(name)));
  const one = swarm.managers.length === 1;
  return `Docker Swarm runs on ${nodes}; ${managers} ${one ? 'is its manager' : 'are its managers'}, and all of it travels on ${code(swarm.network)}${protectedBy(spec, swarm.network)}.`;
}

function protectedBy(spec: Plan['spec'], network: string): string {
  const by = networkEncryption(spec, network);
  return by === undefined ? '' : `, encrypted by ${text(by)}`;
}

/** The row of the table of layers. */
export function swarmLayer({ spec, mtu }: Plan): string[][] {
  const { swarm } = spec;
  if (swarm === undefined) return [];
  const bytes = mtu.find(({ owner }) => owner === 'swarm')?.sum.bytes;
  return [
    [
      'Containers',
      `Docker Swarm, VXLAN on ${code(swarm.network)}; networks across nodes in ${code(String(swarm.addressPool))}, bridges on each node in ${code(String(swarm.bridgePool))}; MTU ${String(bytes)}`,
    ],
  ];
}

/** How containers' packets get from node to node. */
export function swarmCarriage({ spec }: Plan): string[] {
  const { swarm } = spec;
  if (swarm === undefined || Object.keys(spec.nodes).length < 2) return [];
  const by = networkEncryption(spec, swarm.network);
  return [
    by === undefined
      ? `Docker carries containers' packets between nodes on ${code(swarm.network)} by VXLAN, in clear unless a network is made with ${code('--opt encrypted')}.`
      : `Docker carries containers' packets between nodes on ${code(swarm.network)} by VXLAN, encrypted by ${text(by)}.`,
  ];
}

/** What the loss of a node means to the Swarm. */
export function swarmLoss({ spec }: Plan): string[] {
  const { swarm } = spec;
  if (swarm === undefined) return [];
  const { length } = swarm.managers;
  const majority = Math.floor(length / 2) + 1;
  return [
    'Docker Swarm starts the tasks of a node that stops answering on others within seconds, but for those that only it may run.',
    length === 1
      ? `It has one manager, ${code(swarm.managers[0] ?? '')}: while that is away nothing is scheduled and nothing changes; what runs goes on.`
      : `It has ${count(length, 'manager')} and needs ${majority} of them to change anything; what runs goes on.`,
    `Everything of the Swarm travels on ${code(swarm.network)}: while that is away each node is alone.`,
  ];
}
