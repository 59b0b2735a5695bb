import type { EndpointClass } from './endpoint-classes';
import type { Engine } from './engine';
import { judge, matchAll, type Judgement, type Matched, type MatchTable, type Stage } from './side';
import { decide, type Decision } from './decision';
import { Traffic } from './traffic';
import type { Universe } from './universe';
import type { Doubt, SideVerdict } from './verdict';
import { hiddenClients } from './service-nat';

/** What one endpoint's policies say in one direction of every peer. */
export class SideRow {
  readonly #table: MatchTable;
  readonly #judgements = new Map<string, Judgement>();
  readonly #verdicts = new Map<number, SideVerdict>();
  #hidden: ReturnType<typeof hiddenClients> | undefined;

  constructor(
    private readonly target: EndpointClass,
    readonly stages: readonly Stage[],
    private readonly universe: Universe,
    private readonly engine: Engine,
    /** Ports behind a Service that may hide its clients. */
    private readonly hidingPorts: Traffic,
  ) {
    this.#table = matchAll(stages, universe.size);
  }

  /** The rules that match a peer, in the order they are asked. */
  matched(peer: number): readonly Matched[] {
    return this.#table.lists[this.#table.listOf[peer] ?? 0] ?? [];
  }

  /** Whether every peer fares like every other: nothing is said of any. */
  get isOpen(): boolean {
    return this.#table.lists.length === 1 && this.stages.every(({ rules, end }) => rules.length === 0 && end === 'next') && !this.target.hostNetwork;
  }

  /** Who decides over which part of the traffic from or to a peer. */
  decisions(peer: number, asked: Traffic): Decision[] {
    return decide(this.stages, this.matched(peer), this.#destination(peer), asked);
  }

  verdict(peer: number): SideVerdict {
    let verdict = this.#verdicts.get(peer);
    if (verdict === undefined) {
      verdict = this.#decide(peer);
      this.#verdicts.set(peer, verdict);
    }
    return verdict;
  }

  judgement(peer: number): Judgement {
    const number = this.#table.listOf[peer] ?? 0;
    const list = this.#table.lists[number] ?? [];
    const destination = this.#destination(peer);
    const named = list.some(({ compiled }) => compiled.rule.ports.named.length > 0);
    const key = named ? `${number} ${destination?.portsKey ?? ''}` : `${number}`;
    let judgement = this.#judgements.get(key);
    if (judgement === undefined) {
      judgement = judge(this.stages, list, destination);
      this.#judgements.set(key, judgement);
    }
    return judgement;
  }

  #destination(peer: number): EndpointClass | undefined {
    return this.universe.direction === 'ingress' ? this.target : this.universe.classes[peer];
  }

  #decide(peer: number): SideVerdict {
    const { surely, possibly, narrowed } = this.judgement(peer);
    if (this.engine === 'specification') return { surely, possibly, doubt: undefined, narrowed };
    const other = this.universe.classes[peer];
    const fromNode = this.universe.direction === 'ingress' && this.target.kind === 'pods' && other?.hostNetwork === true;
    // No engine applies pods' policies to pods of the host network, and a node always reaches the pods it runs.
    if (this.target.hostNetwork || fromNode) return doubtful(surely, Traffic.all, 'host-network', narrowed);
    if (!this.hidingPorts.isEmpty && other === undefined) {
      this.#hidden ??= hiddenClients(this.universe, (index) => this.judgement(index), this.hidingPorts);
      const hidden = this.#hidden(peer);
      if (hidden !== undefined) return doubtful(surely.difference(hidden.notSurely), possibly.union(hidden.possibly), 'service-nat', narrowed);
    }
    const unsure = this.matched(peer).find(({ sure }) => !sure);
    return doubtful(surely, possibly, other?.hostNetwork === true ? 'host-network' : unsure?.compiled.doubt, narrowed);
  }
}

function doubtful(surely: Traffic, possibly: Traffic, doubt: Doubt | undefined, narrowed: SideVerdict['narrowed']): SideVerdict {
  return { surely, possibly, doubt: surely.equals(possibly) ? undefined : doubt, narrowed };
}
