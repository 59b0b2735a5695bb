import type { AmongFinding } from '../checks/among';
import { AMONG_CODES, Together } from '../checks/check-among';
import { UPGRADE_CODES, upgradeFindings } from '../review/upgrade';
import type { Former } from '../review/former';
import type { Acceptance } from '../spec/accept';
import { hasErrors, withPlaces, type Finding, type SpecPath } from '../spec/finding';
import { placeIn, type Found } from '../spec/report';
import type { SpecSource } from '../spec/source';
import type { Draft, Walk, Walked } from './walk';

/** What a survey can look at beside the specs themselves. */
export interface Beside {
  /** Reads a spec again, to place a finding about several clusters: none of them is kept. */
  reread(file: string): SpecSource | undefined;
  /** What was written for a cluster before. Absent: nothing is compared. */
  readonly former?: (cluster: string) => Former | undefined;
  /** Whether entries of `accept` for upgrades must match something. @default false */
  readonly judgesUpgrades?: boolean;
}

/** Everything that is found in one run over several specs, which are read one after another. */
export class Survey {
  readonly #files = new Map<string, string>();
  readonly #together = new Together();
  /** By cluster, where its spec accepts anything: few do. */
  readonly #accepted = new Map<string, Acceptance>();
  /** By cluster, where its spec has errors and a plan was drawn of the rest. */
  readonly #drafts = new Map<string, Draft['written']>();

  constructor(
    private readonly walk: Walk,
    private readonly beside: Beside,
  ) {}

  /** The clusters read so far. */
  get clusters(): readonly string[] {
    return [...this.#files.keys()];
  }

  /** Walks one spec, and remembers what is to be compared with others. */
  add(source: SpecSource): Walked {
    const walked = this.walk(source, 'tree');
    const { draft, tree, accepted } = walked;
    const plan = walked.plan ?? draft?.plan;
    const findings = [...walked.findings, ...this.#nameTaken(source)];
    if (plan === undefined || accepted === undefined) return { ...walked, findings };
    const { name } = plan.spec;
    this.#together.add(plan);
    if (!accepted.isEmpty) this.#accepted.set(name, accepted);
    if (draft !== undefined) this.#drafts.set(name, draft.written);
    // Where errors ended the walk, the steps after them have looked for nothing.
    if (tree === undefined) return { ...walked, findings };
    const former = this.beside.former?.(name);
    if (former !== undefined && !hasErrors(findings))
      findings.push(...accepted.left(upgradeFindings(former, plan, tree)));
    const isLookedFor = this.beside.judgesUpgrades === true && former !== undefined;
    findings.push(...accepted.unused((code) => !AMONG_CODES.has(code) && (isLookedFor || !UPGRADE_CODES.has(code))));
    return { ...walked, findings };
  }

  /**
   * What is found between clusters, once all are read.
   * @param isWhole whether no cluster was left out, so that what is not found is not there
   */
  finish(isWhole: boolean): Found[] {
    const found: Found[] = [];
    for (const one of this.#together.findings()) {
      const finding = this.#written(one);
      const left = this.#accepted.get(finding.cluster)?.left([finding]) ?? [finding];
      if (left.length > 0) found.push(this.#placed(finding));
    }
    if (isWhole) {
      for (const [cluster, accepted] of this.#accepted) {
        if (this.#drafts.has(cluster)) continue;
        const findings = accepted.unused((code) => AMONG_CODES.has(code));
        if (findings.length > 0) found.push({ findings, ...this.#sourceOf(cluster) });
      }
    }
    return found;
  }

  /** With the places of the whole specs, where a part of one was compared. */
  #written(finding: AmongFinding): AmongFinding {
    const of = (cluster: string) => this.#drafts.get(cluster) ?? ((path: SpecPath) => path);
    return {
      ...withPlaces(finding, of(finding.cluster)),
      cluster: finding.cluster,
      others: finding.others.map(({ cluster, at }) => ({ cluster, at: of(cluster)(at) })),
    };
  }

  #placed({ cluster, others, ...finding }: AmongFinding): Found {
    const also = others.map((other) => {
      const { source } = this.#sourceOf(other.cluster);
      return source === undefined ? other.cluster : placeIn(source, other.at);
    });
    return { findings: [{ ...finding, also }], ...this.#sourceOf(cluster) };
  }

  #sourceOf(cluster: string): { source?: SpecSource } {
    const file = this.#files.get(cluster);
    const source = file === undefined ? undefined : this.beside.reread(file);
    return source === undefined ? {} : { source };
  }

  /** Two specs of one name would write into one folder. */
  #nameTaken(source: SpecSource): Finding[] {
    const name = (source.raw as { name?: unknown } | null)?.name;
    if (typeof name !== 'string') return [];
    const other = this.#files.get(name);
    this.#files.set(name, source.file);
    if (other === undefined) return [];
    return [
      {
        code: 'CLUSTER_TWICE',
        severity: 'error',
        at: [['name']],
        message: `${other} and ${source.file} both describe a cluster named ${name}`,
        fix: 'another name for one of them',
      },
    ];
  }
}
