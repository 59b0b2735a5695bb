import type { HostFile } from '../../plan/host-needs';
import type { Plan } from '../../plan/plan';
import { yamlWithComments } from '../../text/yaml';
import { writtenFor } from '../host-file';

/** K3s reads it at start; a flag on its command line would replace the value here. */
const PATH = '/etc/rancher/k3s/config.yaml';

/** K3s's config of one node, every line with its reason. */
export function k3sConfig(plan: Plan, node: string): HostFile {
  const flags = plan.k3sFlags.get(node) ?? [];
  const body = yamlWithComments(flags.map(({ name, value, reason }) => ({ key: name, value, comment: reason })));
  return { path: PATH, content: `${writtenFor(`${plan.spec.name}/${node}`)}\n${body}` };
}
