import { small } from '../../test/specs/small';
import { hasErrors, printPath, type SpecPath } from './finding';
import { parseCluster } from './parse';
import { renderFindings } from './report';
import { readModuleSource } from './ts-source';

// zod would look for cycles in what it reads; `fields.ts` tells it not to, since no schema contains itself.

type Tree = Record<string | number, unknown>;

const list = (): unknown => {
  const own: unknown[] = [];
  own.push(own);
  return own;
};
const mapping = (): unknown => {
  const own: Tree = {};
  own['self'] = own;
  return own;
};
/** Every key of a part leads back to it. */
const within = (_: Tree, part: Tree): unknown => part;
const whole = (spec: Tree): unknown => spec;

const FORMS: Readonly<Record<string, (spec: Tree, part: Tree) => unknown>> = { list, mapping, within, whole };

/** Places beside those of the sample: records, lists, and what takes flags of any name. */
const MORE: readonly SpecPath[] = [
  ['k3s', 'extraFlags'],
  ['k3s', 'extraFlags', 'server'],
  ['k3s', 'extraFlags', 'server', 'x'],
  ['k3s', 'extraFlags', 'agent', 'x'],
  ['k3s', 'clusterCidrs'],
  ['k3s', 'tlsNames'],
  ['dns', 'zones', 'example.com'],
  ['dns', 'records'],
  ['outside', 'git'],
  ['storage', 'files'],
  ['swarm', 'managers'],
  ['firewall', 'allow'],
  ['api', 'endpoint'],
  ['tests'],
  ['accept'],
  ['notes'],
];

function placesIn(value: unknown, path: SpecPath = []): SpecPath[] {
  if (typeof value !== 'object' || value === null) return [path];
  return [
    path,
    ...Object.entries(value).flatMap(([key, one]) =>
      placesIn(one, [...path, Array.isArray(value) ? Number(key) : key]),
    ),
  ];
}

/** The sample with something that holds itself at a place. */
function spoiled(path: SpecPath, form: string): Tree {
  const spec = structuredClone(small()) as Tree;
  let part = spec;
  for (const step of path.slice(0, -1)) part = (part[step] ??= {}) as Tree;
  part[path.at(-1) ?? ''] = FORMS[form]?.(spec, part);
  return spec;
}

const places = [...placesIn(small()).slice(1), ...MORE];

test.each(Object.keys(FORMS))('a spec that holds itself anywhere, as %s, is refused with findings', (form) => {
  for (const path of places) {
    const { value } = readModuleSource('clusters/x.ts', () => ({ default: spoiled(path, form) }));
    const outcome = parseCluster(value?.raw);
    expect([printPath(path), hasErrors(outcome.findings), outcome.value]).toEqual([printPath(path), true, undefined]);
    expect(renderFindings([{ findings: outcome.findings }], false)).not.toMatch(/undefined|\[object/);
  }
});
