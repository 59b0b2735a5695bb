import { findEndpoints } from '../../lib/reach/find-endpoint';
import type { ReachOptions } from '../../lib/reach/engine';
import { Reach } from '../../lib/reach/reach';
import type { Verdict } from '../../lib/reach/verdict';
import { readWorld } from '../../lib/reach/world';
import type { Finding } from '../../lib/spec/finding';

/** A pod, as a manifest on one line. */
export function pod(
  namespace: string,
  name: string,
  labels: Readonly<Record<string, string>> = {},
  spec: object = {},
): string {
  return JSON.stringify({ apiVersion: 'v1', kind: 'Pod', metadata: { name, namespace, labels }, spec });
}

/** A namespace with labels, as a manifest on one line. */
export function namespace(name: string, labels: Readonly<Record<string, string>> = {}): string {
  return JSON.stringify({ apiVersion: 'v1', kind: 'Namespace', metadata: { name, labels } });
}

/** A NetworkPolicy, as a manifest on one line. */
export function networkPolicy(where: string, spec: object, name = 'policy'): string {
  return JSON.stringify({
    apiVersion: 'networking.k8s.io/v1',
    kind: 'NetworkPolicy',
    metadata: { name, namespace: where },
    spec,
  });
}

/** What is wrong with manifests: `CODE file:line message`. */
export function faults(manifests: readonly string[]): string[] {
  return findingsOf(manifests).map(
    ({ code, where, message, fix }) => `${code} ${where ?? ''} ${message}${fix === undefined ? '' : `; fix: ${fix}`}`,
  );
}

function findingsOf(manifests: readonly string[]): Finding[] {
  return readWorld([{ path: 'm.yaml', text: manifests.join('\n---\n') }]).findings;
}

/** Asks about one world. A name is looked up as on the command line. */
export function ask(manifests: readonly string[], options: ReachOptions = {}) {
  const { world, findings } = readWorld([{ path: 'm.yaml', text: manifests.join('\n---\n') }]);
  expect(findings.filter(({ severity }) => severity === 'error')).toEqual([]);
  const reach = new Reach(world, options);
  const verdict = (from: string, to: string): Verdict => {
    const [source] = findEndpoints(reach, from, 'ingress');
    const [destination] = findEndpoints(reach, to, 'egress');
    if (source === undefined || destination === undefined) throw new RangeError(`${from} or ${to} is nowhere`);
    return reach.verdict(source, destination);
  };
  return {
    verdict,
    /** What surely passes. */
    allowed: (from: string, to: string): string => verdict(from, to).allowed.toString(),
    /** What may pass or not, and why. */
    open: (from: string, to: string): string[] =>
      verdict(from, to).undefined.map(({ traffic, doubt }) => `${traffic} (${doubt})`),
    /** What passes only if it is of some kind. */
    narrowed: (from: string, to: string): string[] =>
      verdict(from, to).narrowed.map((part) => `${part.traffic}: ${part.to.join(', ')}`),
    /** A square of who reaches whom with anything at all: a row a source, a letter a destination, `.` for nobody. */
    table: (names: readonly string[]): string[] =>
      names.map((from) =>
        names.map((to) => (from === to ? '=' : verdict(from, to).allowed.isEmpty ? '.' : 'X')).join(''),
      ),
  };
}
