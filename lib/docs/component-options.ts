import type { Option } from './options';

/**
 * Options that belong to a component beside those found by its name: its own key of the spec (`mssClamp` for
 * `mss-clamp`), or the mappings of its kind.
 */
const BESIDE: Readonly<Record<string, readonly string[]>> = {
  apps: ['outside', 'dns'],
  coredns: ['k3s.clusterDns', 'k3s.clusterDomain', 'dns.upstreams'],
  k3s: ['api'],
  'kube-proxy': ['k3s.proxy'],
  wireguard: ['nodes.<name>.wireguard'],
};

/** Components whose key of the spec is another one's too: what of it is theirs. */
const PARTS: Readonly<Record<string, string>> = {
  certificates: 'certificates.certificates',
  dnsmasq: 'swarm.dnsmasq',
  'easyhaproxy-swarm': 'swarm.easyhaproxy',
};

/** Components whose `kind` in the spec is that of another one. */
const KINDS: Readonly<Record<string, { readonly kind: string; readonly under: string }>> = {
  'cilium-lb': { kind: 'cilium', under: 'loadBalancers' },
};

/** A component's name as a key of the spec: `mssClamp` for `mss-clamp`. */
export function keyOf(name: string): string {
  return name.replace(/-(\w)/g, (_, letter: string) => letter.toUpperCase());
}

/** The options of a component. @param others names of all components, some of which share a kind with it */
export function optionsOf(name: string, all: readonly Option[], others: readonly string[]): Option[] {
  const key = PARTS[name] ?? keyOf(name);
  const taken = others.flatMap((other) => (other === name ? [] : (KINDS[other] ?? [])));
  const alias = KINDS[name];
  const own = ({ path, kind }: Option): boolean => {
    if (within(path, key)) return true;
    if (alias !== undefined) return kind === alias.kind && within(path, alias.under);
    return kind === name && !taken.some((other) => other.kind === kind && within(path, other.under));
  };
  const beside = (BESIDE[name] ?? []).flatMap((other) => all.filter(({ path }) => within(path, other)));
  return [...new Set([...all.filter(own), ...beside])];
}

/** Whether a path is that of an option, or of one inside it. */
export function within(path: string, option: string): boolean {
  return path === option || path.startsWith(`${option}.`) || path.startsWith(`${option}[`);
}
