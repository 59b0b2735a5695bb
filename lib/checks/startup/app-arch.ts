import { selectNodes } from '../../plan/nodes';
import type { Plan } from '../../plan/plan';
import type { Finding } from '../../spec/finding';
import { fails, listed } from '../found';

/** Apps whose image does not run on some of the nodes they may be put on: the scheduler does not look at images. */
export function appArch({ spec }: Plan): Finding[] {
  return Object.entries(spec.apps).flatMap(([name, { arch, nodes }]) => {
    if (arch === undefined) return [];
    const allowed = selectNodes(spec, nodes);
    const odd = allowed.filter((node) => !arch.includes(spec.nodes[node]?.arch ?? 'amd64'));
    if (odd.length === 0) return [];
    const fit = allowed.filter((node) => !odd.includes(node));
    const path = ['apps', name, 'nodes'];
    return [
      fails('WORKLOAD_UNPLACED', {
        at: [path, ['apps', name, 'arch'], ...odd.map((node) => ['nodes', node, 'arch'])],
        message: `the image of ${name} is built for ${listed(arch)}, and ${fit.length === 0 ? 'it can run nowhere' : 'it may be put where it does not start'}: ${listed(odd.map((node) => `${node} is ${spec.nodes[node]?.arch ?? ''}`))}`,
        ...(fit.length === 0
          ? { fix: `nodes of ${listed(arch)}, or an image for the others` }
          : { fix: `{ names: [${fit.join(', ')}] }`, suggest: { path, value: { names: fit } } }),
      }),
    ];
  });
}
