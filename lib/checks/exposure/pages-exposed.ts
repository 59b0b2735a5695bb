import { entrances, type Entrance } from '../../plan/entrance';
import type { Plan } from '../../plan/plan';
import { CLOUDFLARE } from '../../plan/source-endpoint';
import { APPS } from '../../plan/workload';
import type { Finding } from '../../spec/finding';
import { warns } from '../found';
import { isUntrusted } from './untrusted';

/** Pages of the cluster's own components that strangers can call: those of apps are their authors' to judge. */
export function pagesExposed(plan: Plan): Finding[] {
  return entrances(plan)
    .filter(({ owner }) => owner !== APPS)
    .flatMap((entrance) => {
      const way = strangersWay(plan, entrance);
      if (way === undefined) return [];
      return [
        warns('PORT_EXPOSED', {
          at: [entrance.source, ...way.at],
          message: `${entrance.purpose ?? `pages of ${entrance.owner}`} at ${entrance.host}: anyone can call them, ${way.how}`,
          fix: 'no host name, and port forwarding; or an ingress that those who need them reach alone',
        }),
      ];
    });
}

function strangersWay({ spec }: Plan, { by, ways }: Entrance) {
  if ('tunnel' in by) return { how: `by the tunnel ${by.tunnel}`, at: [] };
  const way = ways.find(
    ({ from, over }) =>
      isUntrusted(spec, over) && (from.kind === 'internet' || (from.kind === 'range' && from.name === CLOUDFLARE.name)),
  );
  return way === undefined ? undefined : { how: `by ${by.ingress} over ${way.over}`, at: [way.source] };
}
