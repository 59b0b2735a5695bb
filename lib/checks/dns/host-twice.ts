import type { Plan } from '../../plan/plan';
import type { ServedHost } from '../../plan/served-host';
import { APPS } from '../../plan/workload';
import type { Finding } from '../../spec/finding';
import { fails } from '../found';

/** One name and path of two owners at one door, of which one is no app: two apps are found where the spec is read. */
export function hostTwice({ hosts }: Plan): Finding[] {
  const known = new Map<string, ServedHost>();
  return hosts.flatMap((one) => {
    const { host, path, pathType, by, owner } = one;
    const door = 'tunnel' in by ? `tunnel ${by.tunnel}` : `ingress ${by.ingress}`;
    const key = [door, host.toLowerCase(), path, pathType].join(' ');
    const first = known.get(key);
    known.set(key, first ?? one);
    if (first === undefined || (first.owner === APPS && owner === APPS)) return [];
    return [
      fails('HOST_TWICE', {
        at: [one.source, first.source],
        message: `${first.workload} (${first.owner}) and ${one.workload} (${owner}) both answer for ${host}${path === '/' ? '' : path} at the ${door}`,
        fix: 'another host name for one of them',
      }),
    ];
  });
}
