import {
  isAlias,
  isCollection,
  isMap,
  isScalar,
  isSeq,
  LineCounter,
  parseDocument,
  visit,
  type Document,
  type Node,
  type YAMLError,
} from 'yaml';
import { readPlainYaml } from '../text/plain-yaml';
import { nearest } from '../text/suggest';
import type { Finding, Outcome, SpecPath } from './finding';
import type { SpecSource } from './source';
import { isMapping } from './walk';
import { explainYaml } from './yaml-errors';

/** As many aliases as a spec may hold once they are all written out; a bomb of them grows tenfold a line. */
const MOST_ALIASES = 1000;

/**
 * Reads a spec from YAML 1.2. Every fault of the text is found at once, each with its line and column. Where there is
 * none, the places of its parts are looked up only once somebody asks: that is most of the work.
 */
export function readYamlSource(file: string, text: string): Outcome<SpecSource> {
  const plain = readPlainYaml(text);
  return isMapping(plain?.value)
    ? { value: new PlainSource(file, text, plain.value), findings: [] }
    : readInFull(file, text);
}

function readInFull(file: string, text: string): Outcome<SpecSource> {
  const lines = new LineCounter();
  const document = parseDocument(text, {
    version: '1.2',
    schema: 'core',
    stringKeys: true,
    prettyErrors: false,
    lineCounter: lines,
  });
  const place = (offset: number) => {
    const { line, col } = lines.linePos(offset);
    return `${file}:${line}:${col}`;
  };
  const at = (offset: number, message: string, fix?: string) => syntax(place(offset), message, fix);

  const findings = [...document.errors, ...document.warnings].map((error) => ofError(error, text, at));
  const directive = document.directives?.yaml;
  if (directive?.explicit && directive.version !== '1.2') {
    findings.push(
      at(0, `the spec is read as YAML 1.2, and it asks for ${directive.version}`, 'take the %YAML line out'),
    );
  }
  findings.push(...aliasFindings(document, at));
  if (findings.length > 0) return { findings: onePerPlace(findings) };
  if (!isMap(document.contents))
    return {
      findings: [
        syntax(file, topProblem(document), 'start with the keys of a cluster: name, networks, nodes, k3s, cni'),
      ],
    };

  try {
    const raw: unknown = document.toJS({ maxAliasCount: MOST_ALIASES });
    return { value: new YamlSource(file, text, raw, document.contents, document, place), findings: [] };
  } catch (error) {
    if (!(error instanceof ReferenceError)) throw error;
    return {
      findings: [
        syntax(
          file,
          `its aliases stand for more than ${MOST_ALIASES} copies when they are written out`,
          'write fewer of them',
        ),
      ],
    };
  }
}

type At = (offset: number, message: string, fix?: string) => Finding;

function syntax(where: string, message: string, fix?: string): Finding {
  return { code: 'SPEC_SYNTAX', severity: 'error', at: [[]], where, message, ...(fix === undefined ? {} : { fix }) };
}

function ofError(error: YAMLError, text: string, at: At): Finding {
  const { message, fix } = explainYaml(error, text);
  return at(error.pos[0], message, fix);
}

/** One slip can upset the parser several times; the first thing said about a place is the one that helps. */
function onePerPlace(findings: readonly Finding[]): Finding[] {
  return [...new Map([...findings].reverse().map((finding) => [finding.where, finding])).values()].reverse();
}

function topProblem(document: Document): string {
  if (document.contents === null || (isScalar(document.contents) && document.contents.value === null))
    return 'the file is empty';
  return `the file holds ${isSeq(document.contents) ? 'a list' : 'a single value'}, not a mapping`;
}

/** Aliases without an anchor before them, or inside what they stand for, and merge keys, which YAML 1.2 does not have. */
function aliasFindings(document: Document, at: At): Finding[] {
  const findings: Finding[] = [];
  const anchors = new Set<string>();
  visit(document, {
    Node: (_, node) => {
      if ('anchor' in node && node.anchor !== undefined) anchors.add(node.anchor);
    },
    Pair: (_, pair) => {
      if (isScalar(pair.key) && pair.key.value === '<<' && isAlias(pair.value)) {
        findings.push(
          at(
            pair.key.range?.[0] ?? 0,
            'merge keys (<<) are not part of YAML 1.2',
            'write the keys out, or take the whole mapping by its alias',
          ),
        );
      }
    },
    Alias: (_, alias, path) => {
      const target = alias.resolve(document);
      const offset = alias.range?.[0] ?? 0;
      if (target === undefined) {
        const near = nearest(alias.source, anchors);
        findings.push(
          at(
            offset,
            `*${alias.source} stands for an anchor that is not set before it`,
            near === undefined ? `put the value in quotes, if it is text` : `*${near}`,
          ),
        );
      } else if (path.includes(target)) {
        findings.push(at(offset, `*${alias.source} stands inside the value it stands for`));
      }
    },
  });
  return findings;
}

/** A spec of plain YAML, whose full reading waits until something is to be said of it. */
class PlainSource implements SpecSource {
  #full: SpecSource | undefined;

  constructor(
    readonly file: string,
    private readonly text: string,
    readonly raw: unknown,
  ) {}

  locate(path: SpecPath): string {
    return this.#inFull()?.locate(path) ?? this.file;
  }

  sourceText(path: SpecPath): string | undefined {
    return this.#inFull()?.sourceText?.(path);
  }

  #inFull(): SpecSource | undefined {
    return (this.#full ??= readInFull(this.file, this.text).value);
  }
}

class YamlSource implements SpecSource {
  constructor(
    readonly file: string,
    private readonly text: string,
    readonly raw: unknown,
    private readonly top: Node,
    private readonly document: Document,
    private readonly place: (offset: number) => string,
  ) {}

  locate(path: SpecPath): string {
    return this.place(this.find(path).offset);
  }

  sourceText(path: SpecPath): string | undefined {
    const { node, complete } = this.find(path);
    if (!complete || !isScalar(node) || !node.range) return undefined;
    return this.text.slice(node.range[0], node.range[1]);
  }

  /** The node at a path and where it is to be looked for: at its key, or else where it starts. */
  private find(path: SpecPath): { node: Node | undefined; offset: number; complete: boolean } {
    let node: Node | undefined = this.top;
    let offset = this.top.range?.[0] ?? 0;
    for (const step of path) {
      const whole: Node | undefined = isAlias(node) ? node.resolve(this.document) : node;
      const next = stepInto(whole, step);
      if (next === undefined) return { node, offset, complete: false };
      node = next.node;
      offset = next.offset;
    }
    return { node, offset, complete: true };
  }
}

function stepInto(
  node: Node | undefined,
  step: string | number,
): { node: Node | undefined; offset: number } | undefined {
  if (isMap(node)) {
    for (const pair of node.items) {
      if (!isScalar(pair.key) || String(pair.key.value) !== String(step)) continue;
      return { node: asNode(pair.value), offset: pair.key.range?.[0] ?? 0 };
    }
  }
  if (isSeq(node) && typeof step === 'number' && node.items[step] !== undefined) {
    const item = asNode(node.items[step]);
    return { node: item, offset: item?.range?.[0] ?? node.range?.[0] ?? 0 };
  }
  return undefined;
}

function asNode(value: unknown): Node | undefined {
  return isScalar(value) || isCollection(value) || isAlias(value) ? value : undefined;
}
