import { Address } from '../net/address';
import { fault, invalid, unknownPart } from './faults';
import type { Finding, SpecPath } from './finding';
import { componentName, items, keysOf, textOf, type Names } from './names';
import { isMapping, member, valueAt } from './walk';

/** What tunnels and proxied names ask of their zones, and tunnels of each other. */
export function tunnelFindings(raw: unknown, names: Names): Finding[] {
  return [
    ...names('app').flatMap((app) =>
      items(raw, 'apps', app, 'hosts').flatMap((host, i) => hostFindings(raw, app, host, ['apps', app, 'hosts', i])),
    ),
    ...sharedNamespaces(raw),
    ...proxyClasses(raw),
    ...items(raw, 'dns', 'records').flatMap((record, i) => recordFindings(raw, record, ['dns', 'records', i])),
  ];
}

function hostFindings(raw: unknown, app: string, host: unknown, path: SpecPath): Finding[] {
  const name = textOf(member(host, 'host'));
  const wanted = textOf(member(host, 'tunnel'));
  const tunnel = items(raw, 'tunnels').find((one) => componentName(one) === wanted);
  if (name === undefined || wanted === undefined || tunnel === undefined) return [];
  if (textOf(member(tunnel, 'kind')) !== 'cloudflare-tunnel') {
    const fix = 'name a tunnel of kind cloudflare-tunnel, or none: the ingress serves the host then';
    return [invalid([...path, 'tunnel'], `${wanted} forwards to addresses and serves no host names`, fix)];
  }
  const zone = zoneFault(raw, name);
  return [
    ...(zone === undefined
      ? []
      : [
          fault(
            'SPEC_UNKNOWN_NAME',
            [...path, 'host'],
            `${name} comes in by the tunnel ${wanted}, whose names exist in zones at Cloudflare alone, and ${zone.problem}`,
            zone.fix,
          ),
        ]),
    ...portFinding(raw, app, host, path),
  ];
}

/** A tunnel's public host names carry requests, which are TCP. */
function portFinding(raw: unknown, app: string, host: unknown, path: SpecPath): Finding[] {
  const ports = keysOf(valueAt(raw, ['apps', app, 'ports']));
  const port = textOf(member(host, 'port')) ?? (ports.length === 1 ? ports[0] : undefined);
  const protocol = port === undefined ? undefined : textOf(valueAt(raw, ['apps', app, 'ports', port, 'protocol']));
  if (port === undefined || protocol === undefined || protocol === 'tcp') return [];
  return [
    invalid(path, `a tunnel carries HTTP, and port ${port} of app ${app} is ${protocol}`, 'name a port that is tcp'),
  ];
}

/** A proxy class that the connectors' tunnel does not have. */
function proxyClasses(raw: unknown): Finding[] {
  return items(raw, 'tunnels').flatMap((tunnel, i) => {
    const known = keysOf(member(tunnel, 'proxyClasses'));
    return keysOf(member(tunnel, 'connectors')).flatMap((connector) => {
      const name = textOf(valueAt(tunnel, ['connectors', connector, 'proxyClass']));
      const path: SpecPath = ['tunnels', i, 'connectors', connector, 'proxyClass'];
      const owner = `tunnel ${componentName(tunnel) ?? ''}`;
      return name === undefined ? [] : unknownPart(path, owner, 'proxy class', name, known);
    });
  });
}

/** Objects of a tunnel go by one name each, so that its namespace is its own. */
function sharedNamespaces(raw: unknown): Finding[] {
  const first = new Map<string, string>();
  return items(raw, 'tunnels').flatMap((tunnel, i): Finding[] => {
    if (textOf(member(tunnel, 'kind')) !== 'cloudflare-tunnel') return [];
    const namespace = textOf(member(tunnel, 'namespace')) ?? 'cloudflare';
    const name = componentName(tunnel) ?? '';
    const other = first.get(namespace);
    if (other === undefined) first.set(namespace, name);
    return other === undefined
      ? []
      : [
          invalid(
            ['tunnels', i, 'namespace'],
            `the tunnels ${other} and ${name} both have the namespace ${namespace}`,
            `cloudflare-${name}`,
          ),
        ];
  });
}

function recordFindings(raw: unknown, record: unknown, path: SpecPath): Finding[] {
  return [...valueFindings(record, path), ...proxyFindings(raw, record, path)];
}

/** What a record of its type cannot hold. Source: RFC 1035, section 3.4.1; RFC 3596, section 2.2; RFC 1035, section 3.3.1. */
function valueFindings(record: unknown, path: SpecPath): Finding[] {
  const [type, value] = [textOf(member(record, 'type')), textOf(member(record, 'value'))];
  // One without a value is reported by itself.
  if (type === undefined || value === undefined || value === '') return [];
  const family = Address.tryParse(value)?.family;
  const holds = { A: family === 4, AAAA: family === 6, CNAME: family === undefined }[type] ?? true;
  if (holds) return [];
  const right = family === undefined ? 'CNAME' : family === 4 ? 'A' : 'AAAA';
  return [invalid([...path, 'type'], `a record of type ${type} cannot hold ${value}`, right)];
}

function proxyFindings(raw: unknown, record: unknown, path: SpecPath): Finding[] {
  const name = textOf(member(record, 'name'));
  if (name === undefined || member(record, 'proxied') !== true) return [];
  const zone = zoneFault(raw, name);
  if (zone === undefined) return [];
  return [
    fault(
      'SPEC_UNKNOWN_NAME',
      [...path, 'name'],
      `${name} is to be proxied by Cloudflare, and ${zone.problem}`,
      zone.fix,
    ),
  ];
}

/** Why Cloudflare does not answer for a name, if so. */
function zoneFault(raw: unknown, name: string): { problem: string; fix: string } | undefined {
  const zones = valueAt(raw, ['dns', 'zones']);
  if (zones !== undefined && !isMapping(zones)) return undefined;
  const holding = keysOf(zones).filter((zone) => name === zone || name.endsWith(`.${zone}`));
  const zone = holding.sort((a, b) => b.length - a.length)[0];
  if (zone === undefined) {
    const known = keysOf(zones);
    const has = known.length === 0 ? 'none' : [...known].sort().join(', ');
    const guess = name.replace(/^\*\./, '').split('.').slice(-2).join('.');
    return {
      problem: `no zone holds it; dns.zones has ${has}`,
      fix: `add ${JSON.stringify(guess)} to dns.zones, or take a name in a zone that is there`,
    };
  }
  const provider = textOf(valueAt(raw, ['dns', 'zones', zone, 'provider'])) ?? 'cloudflare';
  return provider === 'cloudflare'
    ? undefined
    : {
        problem: `its zone ${zone} has the provider ${provider}`,
        fix: `set dns.zones[${JSON.stringify(zone)}].provider to cloudflare`,
      };
}
