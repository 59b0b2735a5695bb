import { invalid } from './faults';
import type { Finding, SpecPath } from './finding';
import { items, keysOf, textOf } from './names';
import { isMapping, member, valueAt } from './walk';

/** A selector that means none of the nodes: what it places runs nowhere. */
export function selectorFindings(raw: unknown, selector: unknown, path: SpecPath): Finding[] {
  const nodes = keysOf(member(raw, 'nodes')).map((name) => valueAt(raw, ['nodes', name]));
  if (isMapping(selector)) return labelFindings(nodes, member(selector, 'labels'), path);
  const role = selector === 'servers' ? 'server' : selector === 'agents' ? 'agent' : undefined;
  // A role that is missing or misspelt is reported by itself, and may have been meant to be this one.
  if (role === undefined || nodes.some((node) => member(node, 'role') !== other(role))) return [];
  return [invalid(path, `no node is ${role === 'agent' ? 'an agent' : 'a server'}`, 'all')];
}

/** The nodes that a selector means, as far as it can be read; without K3s Swarm's managers are the servers. */
export function selectedNodes(raw: unknown, selector: unknown): readonly string[] {
  const nodes = keysOf(member(raw, 'nodes'));
  if (isMapping(selector)) {
    const names = items(selector, 'names');
    const labels = member(selector, 'labels');
    return nodes.filter((name) => names.includes(name) || hasLabels(valueAt(raw, ['nodes', name]), labels));
  }
  if (selector === 'all') return nodes;
  const managers = items(raw, 'swarm', 'managers');
  return nodes.filter((name) => {
    const role = textOf(valueAt(raw, ['nodes', name, 'role'])) ?? (managers.includes(name) ? 'server' : 'agent');
    return selector === `${role}s`;
  });
}

function hasLabels(node: unknown, labels: unknown): boolean {
  return isMapping(labels) && Object.entries(labels).every(([key, value]) => valueAt(node, ['labels', key]) === value);
}

function other(role: 'server' | 'agent'): 'server' | 'agent' {
  return role === 'server' ? 'agent' : 'server';
}

function labelFindings(nodes: readonly unknown[], labels: unknown, path: SpecPath): Finding[] {
  if (!isMapping(labels)) return [];
  const wanted = Object.entries(labels);
  // What is no text is reported by itself.
  if (wanted.some(([, value]) => typeof value !== 'string')) return [];
  if (nodes.some((node) => hasLabels(node, labels))) return [];
  const asked = wanted.map(([key, value]) => `${key}=${String(value)}`).sort();
  const problem = `no node of the spec has the label${asked.length === 1 ? '' : 's'} ${asked.join(', ')}`;
  return [invalid(path, problem, 'write them at the nodes they are on, those that Kubernetes sets by itself included')];
}
