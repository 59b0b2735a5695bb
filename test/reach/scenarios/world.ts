import { findEndpoints } from '../../../lib/reach/find-endpoint';
import { parseTraffic } from '../../../lib/reach/port-text';
import { Reach } from '../../../lib/reach/reach';
import { readWorld } from '../../../lib/reach/world';
import type { Manifest, Probe, Scenario } from './scenario';

const NAMESPACES = ['x', 'y', 'z'];
const NAMES = ['a', 'b', 'c'];

/** The pods of every scenario, three in each of three namespaces. */
export const PODS = NAMESPACES.flatMap((namespace) => NAMES.map((name) => `${namespace}/${name}`));

/** The address that a pod has: x/a 10.42.1.11, z/c 10.42.3.13. */
export function addressOf(pod: string): string {
  const [namespace = '', name = ''] = pod.split('/');
  return `10.42.${NAMESPACES.indexOf(namespace) + 1}.${NAMES.indexOf(name) + 11}`;
}

/** What our engine says of every pair of different pods: a row a source, `X` passes, `.` does not, `?` is left open, `=` itself. */
export function answered(scenario: Scenario, { traffic }: Probe): string[] {
  const text = manifestsOf(scenario).map((one) => JSON.stringify(one));
  const { world, findings } = readWorld([{ path: 'scenario.yaml', text: text.join('\n---\n') }]);
  expect(findings.filter(({ severity }) => severity === 'error')).toEqual([]);
  const reach = new Reach(world, { engine: scenario.engine ?? 'k3s' });
  const asked = parseTraffic(traffic);
  const ends = PODS.map((name) => findEndpoints(reach, name, 'ingress')[0]);
  return ends.map((from) =>
    ends
      .map((to) => {
        if (from === undefined || to === undefined) throw new RangeError('a pod is missing');
        if (from === to) return '=';
        const { allowed, denied } = reach.verdict(from, to);
        return allowed.contains(asked) ? 'X' : denied.contains(asked) ? '.' : '?';
      })
      .join(''),
  );
}

/** The truth table that the lines of a probe mean. */
export function expected({ closed = [], open = [] }: Probe): string[] {
  const names = (lines: readonly string[], from: string, to: string) =>
    lines.some((line) => {
      const [source = '', destination = ''] = line.split(' → ');
      return means(source, from) && means(destination, to);
    });
  return PODS.map((from) =>
    PODS.map((to) => (from === to ? '=' : names(closed, from, to) && !names(open, from, to) ? '.' : 'X')).join(''),
  );
}

function means(pattern: string, pod: string): boolean {
  if (!/^(\*|[xyz]\/[abc*])$/.test(pattern)) throw new RangeError(`${pattern} means no pod`);
  return pattern === '*' || pattern === pod || pattern === `${pod.split('/')[0] ?? ''}/*`;
}

function manifestsOf({ policies, labels = {} }: Scenario): Manifest[] {
  const namespaces = NAMESPACES.map((name) => ({
    apiVersion: 'v1',
    kind: 'Namespace',
    metadata: { name, labels: { 'kubernetes.io/metadata.name': name, ...labels[name] } },
  }));
  const pods = PODS.map((full) => {
    const [namespace = '', name = ''] = full.split('/');
    return {
      apiVersion: 'v1',
      kind: 'Pod',
      metadata: { name, namespace, labels: { pod: name, ...labels[full] } },
      spec: { containers: [{ ports: [80, 81].flatMap((port) => ['TCP', 'UDP', 'SCTP'].map(named(port))) }] },
      status: { podIP: addressOf(full) },
    };
  });
  return [...namespaces, ...pods, ...policies];
}

const named = (containerPort: number) => (protocol: string) => ({
  name: `serve-${containerPort}-${protocol.toLowerCase()}`,
  containerPort,
  protocol,
});
