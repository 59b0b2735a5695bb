import type { Noun } from './marks';
import { isMapping, member, valueAt } from './walk';

/** Every name a spec defines, read from what is written: a thing whose own definition is broken still exists. */
export type Names = (noun: Noun) => readonly string[];

export function namesOf(raw: unknown): Names {
  const keys = (...path: string[]) => keysOf(valueAt(raw, path));
  const networks = (kind: string) =>
    keys('networks').filter((name) => valueAt(raw, ['networks', name, 'kind']) === kind);
  const known: Readonly<Record<Noun, () => readonly string[]>> = {
    app: () => keys('apps'),
    certificate: () => keys('certificates', 'certificates'),
    ingress: () => componentNames(raw, 'ingress'),
    issuer: () => keys('certificates', 'issuers'),
    network: () => keys('networks'),
    node: () => keys('nodes'),
    'outside party': () => keys('outside'),
    pool: () => items(raw, 'loadBalancers').flatMap((one) => keysOf(member(one, 'pools'))),
    storage: () => keys('storage'),
    tailnet: () => networks('tailnet'),
    tunnel: () => componentNames(raw, 'tunnels'),
    'WireGuard network': () => networks('wireguard'),
  };
  const found = new Map<Noun, readonly string[]>();
  return (noun) => {
    const names = found.get(noun) ?? [...new Set(known[noun]())].sort();
    found.set(noun, names);
    return names;
  };
}

/** Where a name of this kind is written. */
export const DEFINED_IN: Readonly<Record<Noun, string>> = {
  app: 'apps',
  certificate: 'certificates.certificates',
  ingress: 'ingress',
  issuer: 'certificates.issuers',
  network: 'networks',
  node: 'nodes',
  'outside party': 'outside',
  pool: 'loadBalancers[].pools',
  storage: 'storage',
  tailnet: 'networks',
  tunnel: 'tunnels',
  'WireGuard network': 'networks',
};

export function keysOf(value: unknown): readonly string[] {
  return isMapping(value) ? Object.keys(value) : [];
}

/** The entries of a list of the spec. */
export function items(raw: unknown, ...path: readonly (string | number)[]): readonly unknown[] {
  const list = valueAt(raw, path);
  return Array.isArray(list) ? list : [];
}

/** A component of a list goes by its own name, or by its kind; undefined where neither is written. */
export function componentName(component: unknown): string | undefined {
  return textOf(member(component, 'name')) ?? textOf(member(component, 'kind'));
}

/** The name of a host, which stands alone or with what else is said of it. */
export function hostOf(host: unknown): string | undefined {
  return textOf(typeof host === 'string' ? host : member(host, 'host'))?.toLowerCase();
}

export function textOf(value: unknown): string | undefined {
  return typeof value === 'string' ? value : undefined;
}

function componentNames(raw: unknown, list: string): readonly string[] {
  return items(raw, list).flatMap((one) => componentName(one) ?? []);
}
