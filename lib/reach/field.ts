import { printPath, type Finding, type FindingCode, type SpecPath } from '../spec/finding';
import type { Manifest } from './manifest';

export function isMapping(value: unknown): value is Readonly<Record<string, unknown>> {
  return typeof value === 'object' && value !== null && !Array.isArray(value);
}

/** Kinds that are policies or parts of them. */
const POLICY_KINDS = /Policy$|NetworkSet$|^HostEndpoint$|^Tier$|^CiliumCIDRGroup$/;

/** Collects what is wrong with manifests. */
export class Problems {
  readonly findings: Finding[] = [];

  add(field: Field, code: FindingCode, severity: Finding['severity'], message: string, fix?: string): void {
    const path = field.path.slice(field.manifest.path.length);
    const subject = path.length === 0 ? '' : `${printPath(path)} `;
    const finding = {
      code,
      severity,
      at: [],
      where: field.place,
      message: `${objectName(field.manifest)}: ${subject}${message}`,
    };
    this.findings.push(fix === undefined ? finding : { ...finding, fix });
  }
}

/** One value of a manifest, which knows where it stands and reports what is wrong with it. */
export class Field {
  private constructor(
    readonly manifest: Manifest,
    readonly value: unknown,
    readonly problems: Problems,
    /** Where it stands is asked of few, so that no path is kept: what it is in, and under which key. */
    private readonly parent?: Field,
    private readonly key: string | number = '',
  ) {}

  static of(manifest: Manifest, problems: Problems): Field {
    return new Field(manifest, manifest.value, problems);
  }

  /** Keys and indexes that lead to it in its document. */
  get path(): SpecPath {
    return this.parent === undefined ? this.manifest.path : [...this.parent.path, this.key];
  }

  /** `file:line`. */
  get place(): string {
    return this.manifest.document.place(this.path);
  }

  /** Neither absent nor null, which the API server takes for the same. */
  get isGiven(): boolean {
    return this.value !== undefined && this.value !== null;
  }

  get(key: string): Field {
    const value = isMapping(this.value) ? this.value[key] : undefined;
    return new Field(this.manifest, value, this.problems, this, key);
  }

  in(...keys: readonly string[]): Field {
    return keys.reduce((field: Field, key) => field.get(key), this);
  }

  /** The items of a list; none if it is absent. */
  items(): Field[] {
    if (!this.isGiven) return [];
    if (!Array.isArray(this.value)) {
      this.invalid('is not a list');
      return [];
    }
    return this.value.map((item: unknown, i) => new Field(this.manifest, item, this.problems, this, i));
  }

  /** One item of a list. */
  item(index: number): Field {
    const value: unknown = Array.isArray(this.value) ? this.value[index] : undefined;
    return new Field(this.manifest, value, this.problems, this, index);
  }

  /** Keys of a mapping, sorted by nothing: as they are written. */
  keys(): string[] {
    if (isMapping(this.value)) return Object.keys(this.value);
    if (this.isGiven) this.invalid('is not a mapping');
    return [];
  }

  text(): string | undefined {
    if (typeof this.value === 'string') return this.value;
    if (this.isGiven)
      this.invalid(
        `is ${shown(this.value)}, not a text`,
        typeof this.value === 'object' ? undefined : JSON.stringify(this.written()),
      );
    return undefined;
  }

  /** A text, number or flag as it is written, without a word about anything else. */
  written(): string | undefined {
    return ['string', 'number', 'boolean'].includes(typeof this.value) ? String(this.value) : undefined;
  }

  integer(): number | undefined {
    if (typeof this.value === 'number' && Number.isInteger(this.value)) return this.value;
    if (this.isGiven) this.invalid(`is ${shown(this.value)}, not a whole number`);
    return undefined;
  }

  flag(): boolean | undefined {
    if (typeof this.value === 'boolean') return this.value;
    if (this.isGiven) this.invalid(`is ${shown(this.value)}, neither true nor false`);
    return undefined;
  }

  texts(): string[] {
    return this.items().flatMap((item) => item.text() ?? []);
  }

  /** Labels: a mapping of texts. */
  labels(): Readonly<Record<string, string>> {
    const labels: Record<string, string> = {};
    for (const key of this.keys()) {
      const value = this.get(key);
      const text = value.text() ?? value.written() ?? '';
      labels[key] = text;
    }
    return labels;
  }

  /** Reports keys that the API server does not know, and would drop or refuse. */
  only(known: readonly string[]): this {
    for (const key of this.keys())
      if (!known.includes(key)) this.get(key).invalid(`is a field that does not exist here`);
    return this;
  }

  /** The API server, or the engine, refuses this. */
  invalid(message: string, fix?: string): void {
    const code = POLICY_KINDS.test(this.manifest.kind) ? 'POLICY_INVALID' : 'MANIFEST_UNREADABLE';
    this.problems.add(this, code, 'error', message, fix);
  }

  /** It is accepted, and does not what it seems to do. */
  ineffective(message: string, fix?: string): void {
    this.problems.add(this, 'POLICY_WITHOUT_EFFECT', 'warning', message, fix);
  }
}

/** `NetworkPolicy shop/web`. */
export function objectName({ kind, value }: Manifest): string {
  const metadata = isMapping(value.metadata) ? value.metadata : {};
  const name = typeof metadata.name === 'string' ? metadata.name : '(without a name)';
  return `${kind} ${typeof metadata.namespace === 'string' ? `${metadata.namespace}/` : ''}${name}`;
}

function shown(value: unknown): string {
  return Array.isArray(value) ? 'a list' : isMapping(value) ? 'a mapping' : JSON.stringify(value);
}
