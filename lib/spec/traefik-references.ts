import { clash, invalid, unknownPart } from './faults';
import type { Finding, SpecPath } from './finding';
import { componentName, hostOf, items, keysOf, textOf, type Names } from './names';
import { isMapping, member, valueAt } from './walk';

/** How TLS is spoken on either side of Traefik, to apps by its transports, by clients as its TLS options say; and who needs it. */
export function traefikFindings(raw: unknown, names: Names): Finding[] {
  return [
    ...items(raw, 'ingress').flatMap((ingress, i) =>
      keysOf(member(ingress, 'transports'))
        .filter((app) => names('app').includes(app))
        .flatMap((app) => transportFindings(raw, names, ingress, app, ['ingress', i, 'transports', app])),
    ),
    ...optionsTwice(raw, names),
    ...notTraefik(raw, ['gitops', 'ingress'], 'lead to Argo CD’s pages', 'leave out gitops.host and gitops.ingress'),
  ];
}

/** An ingress of another kind, named at a place of the spec for what Traefik alone does, if so. */
export function notTraefik(raw: unknown, at: SpecPath, does: string, instead: string): Finding[] {
  const name = textOf(valueAt(raw, at));
  const ingress = items(raw, 'ingress').find((one) => componentName(one) === name);
  const kind = textOf(member(ingress, 'kind'));
  if (name === undefined || kind === undefined || kind === 'traefik') return [];
  return [invalid(at, `ingress ${name} (${kind}) does not ${does}`, `name an ingress of kind traefik, or ${instead}`)];
}

/** Options that an ingress does not have, if so. */
export function unknownTlsOptions(at: SpecPath, ingress: unknown, name: unknown): Finding[] {
  if (typeof name !== 'string') return [];
  const owner = `ingress ${componentName(ingress) ?? ''}`;
  return unknownPart(at, owner, 'TLS option', name, keysOf(member(ingress, 'tlsOptions')));
}

/** What of a transport matters for TLS alone. */
const FOR_TLS = ['insecureSkipVerify', 'serverName', 'peerCertUri', 'rootCas', 'clientCertificates'];

function transportFindings(raw: unknown, names: Names, ingress: unknown, app: string, path: SpecPath): Finding[] {
  const hosts = items(raw, 'apps', app, 'hosts').filter((host) => member(host, 'tunnel') === undefined);
  const chosen = textOf(valueAt(raw, ['apps', app, 'ingress'])) ?? names('ingress').join(' ');
  if (hosts.length === 0 || chosen !== (componentName(ingress) ?? ''))
    return [
      invalid(
        path,
        `ingress ${componentName(ingress) ?? ''} serves no host of app ${app}`,
        'take it out, or give the app a host',
      ),
    ];
  const ports = valueAt(raw, ['apps', app, 'ports']);
  if (keysOf(ports).some((port) => member(member(ports, port), 'tls') === true) || !isMapping(ports)) return [];
  const useless = FOR_TLS.filter((field) => valueAt(raw, [...path, field]) !== undefined);
  return useless.map((field) =>
    invalid(
      [...path, field],
      `app ${app} speaks no TLS, so that this would do nothing`,
      `tls: true at one of apps.${app}.ports`,
    ),
  );
}

interface Asked {
  readonly options: string;
  readonly path: SpecPath;
}

/** One host name with two sets of options: a handshake knows the name alone, so that Traefik would use neither. */
function optionsTwice(raw: unknown, names: Names): Finding[] {
  const first = new Map<string, Asked>();
  return names('app').flatMap((app) =>
    items(raw, 'apps', app, 'hosts').flatMap((host, i): Finding[] => {
      const name = hostOf(host);
      if (name === undefined || member(host, 'tunnel') !== undefined) return [];
      const asked: Asked = { options: textOf(member(host, 'tlsOptions')) ?? '', path: ['apps', app, 'hosts', i] };
      const other = first.get(name);
      if (other === undefined) first.set(name, asked);
      if (other === undefined || other.options === asked.options) return [];
      const [a, b] = [other, asked].map(({ options }) => (options === '' ? 'the default ones' : options));
      const message = `${name} is to be served with two sets of TLS options, ${a ?? ''} and ${b ?? ''}, and Traefik knows the name alone when it chooses`;
      return [clash([asked.path, other.path], message, 'name the same options')];
    }),
  );
}
