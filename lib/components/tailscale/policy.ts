import { sortedEntries } from '../../text/compare';
import { OPERATOR_TAG } from './names';
import type { TailscaleOptions } from './options';

/**
 * The part of the tailnet's policy that this cluster needs, as JSON: who may bear the tags, and which routes are
 * approved without a person. Source: tailscale.com/docs, policy file (tagOwners, autoApprovers).
 */
export function tailnetPolicy(options: TailscaleOptions): string[] {
  const connectors = sortedEntries(options.connectors);
  const tags = [...new Set(connectors.flatMap(([, { tags: own }]) => own))].sort();
  const routes = new Map<string, Set<string>>();
  for (const [, connector] of connectors) {
    for (const route of connector.routes.map(String)) {
      routes.set(route, new Set([...(routes.get(route) ?? []), ...connector.tags]));
    }
  }
  const exits = [...new Set(connectors.flatMap(([, { exitNode, tags: own }]) => (exitNode ? own : [])))].sort();
  const policy = {
    tagOwners: Object.fromEntries([[OPERATOR_TAG, []], ...tags.map((tag) => [tag, [OPERATOR_TAG]])]) as object,
    autoApprovers: {
      routes: Object.fromEntries([...routes].sort().map(([route, owners]) => [route, [...owners].sort()])),
      ...(exits.length === 0 ? {} : { exitNode: exits }),
    },
  };
  return JSON.stringify(policy, null, 2).split('\n');
}
