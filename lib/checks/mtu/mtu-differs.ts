import { networkMtu } from '../../plan/network-mtu';
import { addressesOf, selectNodes } from '../../plan/nodes';
import type { Plan } from '../../plan/plan';
import type { Finding } from '../../spec/finding';
import { listed, warns } from '../found';

/** Two machines of one network whose links take packets of different sizes: the larger one's are lost at the smaller. */
export function mtuDiffers({ spec }: Plan): Finding[] {
  return Object.keys(spec.networks).flatMap((name) => {
    const members = selectNodes(spec, 'all').filter((node) => addressesOf(spec, node, name).length > 0);
    const sizes = members.map((node) => ({ node, bytes: networkMtu(spec, name, node).bytes }));
    const least = Math.min(...sizes.map(({ bytes }) => bytes));
    const larger = sizes.filter(({ bytes }) => bytes > least);
    if (larger.length === 0) return [];
    const smaller = sizes.filter(({ bytes }) => bytes === least);
    const print = (some: typeof sizes) => listed(some.map(({ node, bytes }) => `${node} with ${bytes}`));
    const stated = smaller.filter(({ node }) => spec.nodes[node]?.mtuBytes[name] !== undefined);
    return [
      finding(
        name,
        least,
        `${print(larger)} and ${print(smaller)}`,
        stated.map(({ node }) => node),
      ),
    ];
  });
}

function finding(name: string, least: number, said: string, stated: readonly string[]): Finding {
  const path = ['networks', name, 'mtuBytes'];
  return warns('MTU_DIFFERS', {
    at: [path, ...stated.map((node) => ['nodes', node, 'mtuBytes', name])],
    message: `on ${name} are ${said} bytes: a full packet of the larger ones does not fit through the link of the smaller, and is lost in silence where nothing on the way says so`,
    fix: String(least),
    suggest: { path, value: least },
  });
}
