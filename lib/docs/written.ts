import { emit } from '../emit/emit';
import type { Bound } from '../components/component';
import { sortedBy } from '../text/compare';
import { code, text } from '../text/markdown';
import { section } from './section';
import type { Sample } from './samples';

/** What a component wants of the machines of a sample, and the files it has a part in. */
export function written(part: Bound, { plan, parts }: Sample): string {
  const needs = Object.keys(plan.spec.nodes).map((node) => part.host(plan, node));
  const rows = [
    ...needs.flatMap(({ sysctls }) =>
      (sysctls ?? []).map((one) => ['sysctl', `${one.key} = ${one.value}`, one.reason]),
    ),
    ...needs.flatMap(({ modules }) => (modules ?? []).map((one) => ['kernel module', one.name, one.reason])),
    ...needs.flatMap(({ packages }) => (packages ?? []).map((one) => ['package', one.name, one.reason])),
  ];
  const unique = [...new Map(rows.map((row) => [row.join('\u0000'), row])).values()];
  const files = new Set(
    (emit(plan, parts, () => '').value?.files() ?? [])
      .filter(({ owner }) => owner === part.name)
      .map(({ path }) => path.replace(/^hosts\/[^/]+\//, 'hosts/<node>/')),
  );
  return [
    section(
      'Wants of each machine',
      ['What', 'Value', 'Why'],
      unique.map(([what = '', value = '', why = '']) => [what, code(value), text(why)]),
    ),
    section(
      'Writes',
      ['File'],
      sortedBy(files, (path) => path).map((path) => [code(path)]),
    ),
  ]
    .filter((one) => one !== '')
    .join('\n\n');
}
