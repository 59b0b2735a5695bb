import { acceptFindings } from './accept-references';
import { apiFindings } from './api-references';
import { appFindings } from './app-references';
import { unansweredChallenges, unprovenNames, unsolvedIssuers } from './certificate-references';
import { clusterSchema } from './cluster';
import { cniFindings } from './cni-references';
import { entryFindings } from './entry-references';
import { invalid, unknownName } from './faults';
import { printPath, type Finding, type SpecPath } from './finding';
import { gatewayFindings, gatewayUnserved } from './gateway-references';
import { hostsTwice } from './host-references';
import { ingressFindings } from './ingress-references';
import { markOf, type Noun } from './marks';
import { componentName, DEFINED_IN, items, namesOf, type Names } from './names';
import { nodeFindings, sameHostname } from './node-references';
import { evenManagers, orchestratorFindings } from './orchestrator-references';
import { outsideFindings } from './outside-references';
import { rangeFindings } from './range-references';
import { selectorFindings } from './selector-references';
import { traefikFindings } from './traefik-references';
import { tunnelFindings } from './tunnel-references';
import { member, valueAt, visit } from './walk';
import { wireguardFindings } from './wireguard-references';
import { tunnelsDown } from './wireguard-tunnels';

/** What is wrong with a spec beside its shape. */
export interface References {
  /** Faults of a part with which nothing can be planned. */
  readonly broken: readonly Finding[];
  /** Faults of a spec that can be planned as it stands: it is plain what is meant, and it could not work. */
  readonly plain: readonly Finding[];
}

/**
 * Names that nothing in the spec bears, and what a spec lacks as a whole. Reads what is written, not what was parsed,
 * so that an error elsewhere hides none of these.
 */
export function referenceFindings(raw: unknown): References {
  const names = namesOf(raw);
  return { broken: brokenFindings(raw, names), plain: PLAIN.flatMap((rule) => rule(raw, names)) };
}

/** Rules whose faults leave a plan that is as true as after they are mended: no component and no check asks what they ask. */
const PLAIN: readonly ((raw: unknown, names: Names) => Finding[])[] = [
  acceptFindings,
  cniFindings,
  evenManagers,
  gatewayUnserved,
  sameHostname,
  tunnelsDown,
  unprovenNames,
  unsolvedIssuers,
];

function brokenFindings(raw: unknown, names: Names): Finding[] {
  const findings = new Map<string, Finding>();
  visit(clusterSchema, raw, (schema, value, path) => {
    if (markOf(schema).selectsNodes === true)
      for (const finding of selectorFindings(raw, value, path)) findings.set(printPath(path), finding);
    if (typeof value !== 'string') return;
    if (path.at(-1) === value && INHERITED.has(value)) findings.set(printPath(path), inherited(path, value));
    if (UNSHOWN.test(value)) findings.set(printPath(path), unshown(path, value));
    const noun = markOf(schema).refersTo;
    if (noun === undefined) return;
    if (!names(noun).includes(value)) findings.set(printPath(path), unknown(raw, names, noun, value, path));
  });
  return [
    ...findings.values(),
    ...orchestratorFindings(raw),
    ...apiFindings(raw),
    ...entryFindings(raw, names),
    ...rangeFindings(raw),
    ...outsideFindings(raw, names),
    ...nodeFindings(raw, names),
    ...wireguardFindings(raw, names),
    ...ingressFindings(raw),
    ...gatewayFindings(raw, names),
    ...appFindings(raw, names),
    ...hostsTwice(raw, names),
    ...traefikFindings(raw, names),
    ...tunnelFindings(raw, names),
    ...unansweredChallenges(raw),
  ];
}

/** Of the names that JavaScript's mappings have by themselves, those that would pass for names of a spec. */
const INHERITED: ReadonlySet<string> = new Set(['__proto__', 'constructor']);

function inherited(path: SpecPath, name: string): Finding {
  return invalid(path, `nothing can be named ${name}: JavaScript keeps that name for itself`, 'another name');
}

/** Control characters other than a tab and a line's end, and halves of characters: no file that is written can hold them. */
const UNSHOWN = /[^\P{Cc}\t\n]|\p{Cs}/u;

function unshown(path: SpecPath, text: string): Finding {
  const [character = ''] = UNSHOWN.exec(text) ?? [];
  const code = character.charCodeAt(0).toString(16).toUpperCase().padStart(4, '0');
  return invalid(path, `holds a character that cannot be written (U+${code})`, 'take it out');
}

function unknown(raw: unknown, names: Names, noun: Noun, name: string, path: SpecPath): Finding {
  const kindOfNetwork = noun === 'WireGuard network' || noun === 'tailnet';
  const problem =
    kindOfNetwork && names('network').includes(name)
      ? `${JSON.stringify(name)} is a network, but no ${noun}`
      : `there is no ${noun} ${JSON.stringify(name)}`;
  const finding = unknownName(
    path,
    problem,
    kindOfNetwork ? `${DEFINED_IN[noun]} has of that kind` : `${DEFINED_IN[noun]} has`,
    name,
    names(noun),
    names(noun).filter((one) => canBeMeant(raw, noun, one, path)),
  );
  // A name that is a key, not a value, is not mended by putting another value in.
  if (finding.fix === undefined || path.at(-1) === name) return finding;
  return lacksPort(raw, noun, finding.fix, path) ? finding : { ...finding, suggest: { path, value: finding.fix } };
}

/** What calls or carries another thing did not mean itself, and of tunnels only Cloudflare's serve hosts. */
function canBeMeant(raw: unknown, noun: Noun, name: string, path: SpecPath): boolean {
  if (noun !== 'tunnel') return path[0] !== DEFINED_IN[noun] || path[1] !== name;
  const tunnel = items(raw, 'tunnels').find((one) => componentName(one) === name);
  return member(tunnel, 'kind') === 'cloudflare-tunnel';
}

/** Whether a call names a port that the app of this name does not have, so that another name for the app is not enough. */
function lacksPort(raw: unknown, noun: Noun, app: string, path: SpecPath): boolean {
  const port = valueAt(raw, [...path.slice(0, -1), 'port']);
  return noun === 'app' && typeof port === 'string' && valueAt(raw, ['apps', app, 'ports', port]) === undefined;
}
