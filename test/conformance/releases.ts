import { parse } from 'yaml';
import { VERSIONS } from '../../lib/components/versions';
import { describeObject, type DistObject } from './dist';

/** Values that some object gives to a chart. */
export interface Release {
  readonly object: string;
  /** Name and version: `argo-cd-10.4.0`. */
  readonly chart: string;
  readonly values: unknown;
}

/** Charts that K3s brings itself, by the name of their HelmChart: a HelmChartConfig names no version. */
const BUNDLED: Readonly<Record<string, string>> = { traefik: `traefik-${VERSIONS.traefikChart}` };

/** Every place in a tree where values meet a chart. */
export function releases(objects: readonly DistObject[]): Release[] {
  return objects.flatMap(releasesOf);
}

interface Source {
  readonly chart?: string;
  readonly targetRevision?: string;
  readonly helm?: { readonly values?: string };
}

function releasesOf(object: DistObject): Release[] {
  const described = describeObject(object);
  const spec = object.spec ?? {};
  if (object.kind === 'HelmChart')
    return [
      { object: described, chart: chartName(spec['chart'], spec['version']), values: read(spec['valuesContent']) },
    ];
  if (object.kind === 'HelmChartConfig') {
    const chart = BUNDLED[object.metadata.name];
    if (chart === undefined) throw new Error(`${described}: K3s bundles no chart of that name`);
    return [{ object: described, chart, values: read(spec['valuesContent']) }];
  }
  if (object.kind !== 'Application') return [];
  const sources = [spec['source'], spec['sources']].flat() as (Source | undefined)[];
  return sources.flatMap((source) =>
    source?.chart === undefined
      ? []
      : [
          {
            object: described,
            chart: chartName(source.chart, source.targetRevision),
            values: read(source.helm?.values),
          },
        ],
  );
}

function chartName(chart: unknown, version: unknown): string {
  return `${String(chart)}-${String(version)}`;
}

function read(text: unknown): unknown {
  return typeof text === 'string' ? (parse(text) as unknown) : {};
}
