import * as fc from 'fast-check';
import type { ClusterSpec } from '../../lib/spec/cluster';
import { printPath, type Finding, type FindingCode } from '../../lib/spec/finding';
import { tools } from '../support/tools';
import { put } from './fixture';
import { nodeNames, onLan, randomCluster, type Drawn, type RandomCluster } from './random-cluster';
import { suggestionsHold } from './suggestion';
import { faultOfWording } from './wording';

const source = (raw: unknown) => ({ file: 'random.ts', raw, locate: printPath });

function findingsOf(spec: unknown): readonly Finding[] {
  return tools.survey([source(spec)]).flatMap(({ findings }) => findings);
}

/** One fault of a known kind. */
interface Fault {
  readonly code: FindingCode;
  /** Codes that may come with it. */
  readonly implied?: readonly FindingCode[];
  /** Whether a cluster can have it at all. */
  readonly fits?: (drawn: Drawn) => boolean;
  /** @param pick a number to choose with */
  plant(cluster: RandomCluster, pick: number): unknown;
}

const nodeOf = (drawn: Drawn, pick: number) => nodeNames(drawn)[pick % nodeNames(drawn).length] ?? '';
const addressAt = (drawn: Drawn, pick: number) => ['nodes', nodeOf(drawn, pick), 'addresses', 'lan'];
const hostApp = (port: number) => ({ namespace: 'host', hostNetwork: true, ports: { http: port } });

const FAULTS: readonly Fault[] = [
  {
    code: 'ADDRESS_OVERLAP',
    fits: (drawn) => nodeNames(drawn).length > 1,
    plant: ({ spec, drawn }, pick) => {
      const other = (pick % (nodeNames(drawn).length - 1)) + 1;
      return put(spec, addressAt(drawn, other), onLan(drawn, drawn.first));
    },
  },
  {
    code: 'ADDRESS_OVERLAP',
    plant: ({ spec }) => put(spec, ['k3s', 'clusterCidrs'], ['172.20.0.0/16']),
  },
  {
    code: 'ADDRESS_OVERLAP',
    plant: ({ spec, drawn }) =>
      put(spec, ['networks', 'lan', 'dhcp'], `${onLan(drawn, drawn.first)}-${onLan(drawn, 149)}`),
  },
  {
    code: 'ADDRESS_OUTSIDE_NETWORK',
    plant: ({ spec, drawn }, pick) => put(spec, addressAt(drawn, pick), `172.21.0.${(pick % 200) + 10}`),
  },
  {
    code: 'ADDRESS_OUTSIDE_NETWORK',
    plant: ({ spec, drawn }) => put(spec, ['k3s', 'clusterDns'], `10.${drawn.pods + 101}.0.10`),
  },
  {
    code: 'ADDRESS_UNUSABLE',
    plant: ({ spec, drawn }, pick) => put(spec, addressAt(drawn, pick), onLan(drawn, pick % 2 === 0 ? 255 : 0)),
  },
  {
    code: 'MTU_TOO_SMALL',
    fits: ({ cni }) => cni !== 'host-gw',
    plant: ({ spec }) => put(spec, ['networks', 'lan', 'mtuBytes'], 590),
  },
  { code: 'PORT_TWICE', plant: ({ spec }) => put(spec, ['apps', 'host'], hostApp(10250)) },
  {
    code: 'PORT_TWICE',
    fits: ({ hasIngress }) => hasIngress,
    plant: ({ spec }, pick) => put(spec, ['apps', 'host'], hostApp(pick % 2 === 0 ? 80 : 443)),
  },
  {
    code: 'HOST_TWICE',
    fits: ({ hasIngress, apps }) => hasIngress && apps.length > 0,
    plant: ({ spec, drawn }) =>
      put(spec, ['apps', 'copy'], {
        namespace: 'copy',
        ports: { http: 80 },
        hosts: [`${drawn.apps[0] ?? ''}.example.com`],
      }),
  },
  {
    code: 'SERVICE_RESERVED',
    plant: ({ spec }) => put(spec, ['apps', 'kube-dns'], { namespace: 'kube-system', ports: { dns: 5353 } }),
  },
  {
    code: 'SPEC_INVALID',
    plant: ({ spec, drawn }) => put(spec, ['networks', 'lan', 'prefix'], `${onLan(drawn, 7)}/24`),
  },
  { code: 'SPEC_UNKNOWN_KEY', plant: ({ spec }) => put(spec, ['netwroks'], {}) },
  { code: 'SPEC_UNKNOWN_NAME', plant: ({ spec }) => put(spec, ['k3s', 'nodeNetwork'], 'lna') },
  {
    code: 'ACCEPT_UNUSED',
    plant: ({ spec }) => put(spec, ['accept'], [{ code: 'PORT_TWICE', at: 'apps.gone', reason: 'it is going' }]),
  },
];

/** What is said of a change of a cluster that runs. */
function changeOf(before: unknown, after: unknown): readonly Finding[] {
  return tools.upgrade(source(before), source(after)).flatMap(({ findings }) => findings);
}

const asText = (findings: readonly Finding[]) => findings.map(({ code, message }) => `${code}: ${message}`);

test('a cluster in which nothing is wrong has no finding', () => {
  fc.assert(
    fc.property(randomCluster, ({ spec }) => {
      expect(asText(findingsOf(spec))).toEqual([]);
    }),
    { numRuns: 30 },
  );
});

test.each(FAULTS.map((fault, i) => ({ ...fault, title: `${fault.code}, fault ${i + 1}` })))(
  '$title: planted anywhere, it is found, and nothing else but what comes with it',
  ({ code, implied = [], fits = () => true, plant }) => {
    fc.assert(
      fc.property(
        randomCluster.filter(({ drawn }) => fits(drawn)),
        fc.nat(1000),
        (cluster, pick) => {
          const spec = plant(cluster, pick);
          const findings = findingsOf(spec);
          expect({ codes: codesOf(findings), text: asText(findings) }).toMatchObject({
            codes: expect.arrayContaining([code]) as string[],
          });
          expect(asText(findings.filter((one) => one.code !== code && !implied.includes(one.code)))).toEqual([]);
          for (const finding of findings) expect({ finding, wrong: faultOfWording(finding) }).toEqual({ finding });
          suggestionsHold(findings, ({ path, value }) => findingsOf(put(spec, path, value)));
        },
      ),
      { numRuns: 12 },
    );
  },
);

test('the order of findings does not depend on the order of what is written', () => {
  const reversed = (value: unknown): unknown =>
    typeof value !== 'object' || value === null || Array.isArray(value)
      ? value
      : Object.fromEntries(
          Object.entries(value)
            .reverse()
            .map(([key, one]) => [key, reversed(one)]),
        );
  fc.assert(
    fc.property(randomCluster, ({ spec, drawn }) => {
      const twins = put(
        spec,
        ['networks', 'lan', 'reserved'],
        [{ owner: 'printer', addresses: onLan(drawn, drawn.first) }],
      );
      expect(findingsOf(reversed(twins) as ClusterSpec)).toEqual(findingsOf(twins));
    }),
    { numRuns: 10 },
  );
});

/** Changes of a cluster that runs, and what is said of each. */
const CHANGES: readonly { what: string; codes: readonly FindingCode[]; change(cluster: RandomCluster): unknown }[] = [
  { what: 'nothing', codes: [], change: ({ spec }) => spec },
  { what: 'a sentence', codes: [], change: ({ spec }) => put(spec, ['purpose'], 'at home') },
  {
    what: 'another app',
    codes: [],
    change: ({ spec }) => put(spec, ['apps', 'late'], { namespace: 'late', ports: { http: 8080 } }),
  },
  {
    what: 'another agent',
    codes: [],
    change: ({ spec, drawn }) => put(spec, ['nodes', 'late'], { role: 'agent', addresses: { lan: onLan(drawn, 95) } }),
  },
  {
    what: 'another pod range',
    codes: ['UPGRADE_NOT_IN_PLACE'],
    change: ({ spec, drawn }) => put(spec, ['k3s', 'clusterCidrs'], [`10.${drawn.pods + 1}.0.0/16`]),
  },
  {
    what: 'a release of long ago',
    codes: ['UPGRADE_STEP'],
    change: ({ spec }) => put(spec, ['k3s', 'version'], 'v1.30.1+k3s1'),
  },
];

test.each(CHANGES)('a cluster that runs, and $what: $codes', ({ codes, change }) => {
  fc.assert(
    fc.property(randomCluster, (cluster) => {
      const findings = changeOf(cluster.spec, change(cluster));
      expect({ codes: codesOf(findings), text: asText(findings) }).toMatchObject({ codes });
      for (const finding of findings) expect({ finding, wrong: faultOfWording(finding) }).toEqual({ finding });
    }),
    { numRuns: 8 },
  );
});

function codesOf(findings: readonly Finding[]): FindingCode[] {
  return [...new Set(findings.map(({ code }) => code))];
}
