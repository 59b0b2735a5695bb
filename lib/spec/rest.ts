import { printPath, type Finding, type FindingCode, type SpecPath } from './finding';
import { isMapping, valueAt } from './walk';

/** Assertions name any other part, and so are left out, all of them, with the first part that is. */
const TESTS: SpecPath = ['tests'];

/**
 * Parts that a spec can do without: the rest of it means the same. `*` is any name, `#` any entry of a list. None of
 * them may be one whose absence is a fault by itself, as that of an address is, unless `MISSED` names that fault.
 */
const PARTS: readonly SpecPath[] = [
  ['accept', '#'],
  ['api', 'port'],
  ['apps', '*'],
  ['apps', '*', 'allowFrom'],
  ['apps', '*', 'hosts', '#'],
  ['apps', '*', 'loadBalancer'],
  ['apps', '*', 'needs', '#'],
  ['apps', '*', 'ports', '*'],
  ['certificates', 'certificates', '*', 'names', '#'],
  ['certificates', 'issuers', '*', 'solvers'],
  ['ingress', '#', 'certificate'],
  ['ingress', '#', 'defaultCertificate'],
  ['ingress', '#', 'forwards', '#'],
  ['ingress', '#', 'needs', '#'],
  ['ingress', '#', 'ports', '*'],
  ['ingress', '#', 'redirects', '*'],
  ['ingress', '#', 'routes', '#'],
  ['ingress', '#', 'services', '*', 'entrypoints', '#'],
  ['ingress', '#', 'transports', '*'],
  ['k3s', 'initServer'],
  ['nodes', '*', 'wireguard', '*'],
  ['outside', '*'],
  ['swarm', 'managers', '#'],
  TESTS,
  ['tunnels', '#', 'connectors', '*'],
  ['tunnels', '#', 'connectors', '*', 'routes', '#'],
];

/** What is not said beside a fault of some parts, as it may be for want of them alone. */
const MISSED: Readonly<Partial<Record<FindingCode, readonly SpecPath[]>>> = {
  CERTIFICATE_MISSING: [
    ['certificates', 'certificates', '*', 'names', '#'],
    ['ingress', '#', 'certificate'],
    ['ingress', '#', 'defaultCertificate'],
  ],
  ROUTE_INCOMPLETE: [['tunnels', '#', 'connectors', '*']],
};

/** What is left of a spec without the parts that are at fault. */
export class Rest {
  private constructor(
    private readonly whole: unknown,
    private readonly gone: readonly SpecPath[],
    readonly raw: unknown,
  ) {}

  static of(raw: unknown): Rest {
    return new Rest(raw, [], raw);
  }

  /** The rest without the smallest parts in which its faults lie. Undefined where a fault lies in none. */
  without(faults: readonly Finding[]): Rest | undefined {
    const parts = faults.flatMap(({ at: [path = []] }) => {
      const part = smallestPart(path);
      // A fault at something that is missing stays when it is left out.
      return part === undefined || valueAt(this.raw, part) === undefined ? [] : [this.written(part)];
    });
    if (parts.length < faults.length) return undefined;
    const gone = [...new Map([...this.gone, ...parts, TESTS].map((path) => [printPath(path), path])).values()];
    return new Rest(this.whole, gone, cut(this.whole, gone));
  }

  /** Where a part of the rest stands in the whole: entries that come after one that is gone have moved up. */
  written(path: SpecPath): SpecPath {
    const found: (string | number)[] = [];
    for (const step of path) {
      const index = typeof step === 'number' ? this.indexOf(found, step) : step;
      found.push(index);
    }
    return found;
  }

  /** Whether a finding of the rest may be for want of what was left out. */
  misses({ code }: Finding): boolean {
    const parts = MISSED[code] ?? [];
    return this.gone.some((path) => parts.some((part) => isWithin(path, part)));
  }

  private indexOf(list: SpecPath, index: number): number {
    const cutOut = this.gone
      .filter((path) => path.length === list.length + 1 && list.every((step, i) => path[i] === step))
      .flatMap((path) => path.at(-1) ?? [])
      .filter((step) => typeof step === 'number')
      .sort((a, b) => a - b);
    return cutOut.reduce((at, one) => (one <= at ? at + 1 : at), index);
  }
}

function smallestPart(path: SpecPath): SpecPath | undefined {
  const lengths = PARTS.filter((part) => isWithin(path, part)).map((part) => part.length);
  return lengths.length === 0 ? undefined : path.slice(0, Math.max(...lengths));
}

function isWithin(path: SpecPath, part: SpecPath): boolean {
  return part.every((step, i) => {
    if (step === '#') return typeof path[i] === 'number';
    return step === '*' ? typeof path[i] === 'string' : path[i] === step;
  });
}

/** A value without what stands at some paths; what holds none of them is left as it is. */
function cut(value: unknown, gone: readonly SpecPath[]): unknown {
  if (gone.length === 0) return value;
  const inside = (step: string | number) => gone.filter(([first]) => first === step).map((path) => path.slice(1));
  const kept = (step: string | number, one: unknown): unknown[] => {
    const paths = inside(step);
    return paths.some((path) => path.length === 0) ? [] : [cut(one, paths)];
  };
  if (Array.isArray(value)) return (value as unknown[]).flatMap((one, i) => kept(i, one));
  if (!isMapping(value)) return value;
  return Object.fromEntries(Object.entries(value).flatMap(([key, one]) => kept(key, one).map((left) => [key, left])));
}
