import { entrances } from '../../plan/entrance';
import type { Plan } from '../../plan/plan';
import { isProxied } from '../../plan/zone';
import type { Finding, SpecPath } from '../../spec/finding';
import { listed, warns } from '../found';
import { isUntrusted } from './untrusted';

/** An ingress that anyone can call although every name it serves is behind a proxy: whoever knows its address goes past it. */
export function proxyBypassed(plan: Plan): Finding[] {
  const { spec } = plan;
  return spec.ingress.flatMap(({ name, allowFrom }, i) => {
    const served = entrances(plan).filter(({ by }) => 'ingress' in by && by.ingress === name);
    if (served.length === 0 || !served.every(({ host }) => isProxied(spec, host))) return [];
    const open = allowFrom.findIndex(({ kind }) => kind === 'anywhere');
    if (open < 0) return [];
    const ports = served
      .flatMap(({ ways }) => ways)
      .filter(({ from, over }) => from.kind === 'internet' && isUntrusted(spec, over))
      .map(({ port }) => String(port?.host ?? port?.service ?? port?.container));
    const dialled = [...new Set(ports)].sort((a, b) => Number(a) - Number(b));
    if (dialled.length === 0) return [];
    const hosts = [...new Set(served.map(({ host }) => host))].sort();
    const path: SpecPath = ['ingress', i, 'allowFrom'];
    return [
      warns('PROXY_BYPASSED', {
        at: [[...path, open], ...served.map(({ source }) => source)],
        message: `${listed(hosts)} ${hosts.length === 1 ? 'is' : 'are'} behind Cloudflare's proxy, and ${dialled.length === 1 ? `port ${dialled.join()} of ${name} is` : `ports ${listed(dialled)} of ${name} are`} open to anyone: who knows the address goes past the proxy and its rules`,
        fix: 'cloudflare',
        suggest: { path, value: ['cloudflare'] },
      }),
    ];
  });
}
