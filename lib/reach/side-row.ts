import type { CompiledRule } from './compiled-rule';
import { decide, type Decision } from './decision';
import type { EndpointClass } from './endpoint-classes';
import { hiddenClients } from './service-nat';
import { judge, matchAll, type Matched, type MatchTable, type Stage } from './side';
import type { SideVerdicts } from './side-verdicts';
import { Traffic } from './traffic';
import type { Guise, Universe } from './universe';
import type { SideVerdict } from './verdict';

/** What one endpoint's policies say in one direction of every peer. */
export class SideRow {
  readonly #table: MatchTable;
  /** By the destination's ports, then by list and guise. */
  readonly #numbers: number[][] = [];
  /** Lists of rules that name ports: what they say depends on the destination. */
  readonly #namesPorts: readonly boolean[];
  #hidden: ReturnType<typeof hiddenClients> | undefined;

  constructor(
    private readonly target: EndpointClass,
    readonly stages: readonly Stage[],
    private readonly universe: Universe,
    private readonly verdicts: SideVerdicts,
    /** Ports behind a Service that may hide its clients. */
    private readonly hidingPorts: Traffic,
  ) {
    this.#table = matchAll(stages, universe.size);
    const namesPorts = ({ rule }: CompiledRule) => rule.ports.named.length > 0;
    this.#namesPorts =
      universe.direction === 'egress' && stages.some(({ rules }) => rules.some(namesPorts))
        ? this.#table.lists.map((list) => list.some(({ compiled }) => namesPorts(compiled)))
        : [];
  }

  /** The rules that match a peer, in the order they are asked. */
  matched(peer: number): readonly Matched[] {
    return this.#table.lists[this.#table.listOf[peer] ?? 0] ?? [];
  }

  /** Who decides over which part of the traffic from or to a peer. */
  decisions(peer: number, asked: Traffic): Decision[] {
    return decide(this.#stagesFor(this.universe.guiseOf(peer)), this.matched(peer), this.#destination(peer), asked);
  }

  /** The number of what is said of a peer: the same for all peers that match the same rules and are of one guise. */
  number(peer: number): number {
    const list = this.#table.listOf[peer] ?? 0;
    const guise = this.universe.guiseOf(peer);
    const ports = this.#namesPorts[list] === true ? this.universe.portsOf(peer) : 0;
    const numbers = (this.#numbers[ports] ??= []);
    return (numbers[list * GUISES + guise] ??= this.verdicts.number(this.#decide(peer, guise)));
  }

  #decide(peer: number, guise: Guise): SideVerdict {
    const list = this.matched(peer);
    const { surely, possibly, narrowed } = judge(this.#stagesFor(guise), list, this.#destination(peer));
    const unsure = list.find(({ sure }) => !sure)?.compiled.doubt;
    const verdict = (least: Traffic, most: Traffic, doubt: SideVerdict['doubt']): SideVerdict => {
      return { surely: least, possibly: most, doubt: least.equals(most) ? undefined : doubt, narrowed };
    };
    if (this.universe.engine === 'specification') return verdict(surely, possibly, undefined);
    // No engine applies pods' policies to pods of the host network, and a node always reaches the pods it runs.
    if (this.target.hostNetwork) return verdict(surely, Traffic.all, 'host-network');
    const onNode = this.universe.direction === 'ingress' && this.target.kind === 'pods' && guise === HOST_NETWORK;
    if (onNode) return verdict(surely, Traffic.all, 'host-network');
    if ((guise === IPV4 || guise === IPV6) && !this.hidingPorts.isEmpty) {
      this.#hidden ??= hiddenClients(
        this.universe,
        (index) => judge(this.stages, this.matched(index), this.#destination(index)),
        this.hidingPorts,
      );
      const hidden = this.#hidden(guise === IPV4 ? 4 : 6);
      return verdict(surely.difference(hidden.notSurely), possibly.union(hidden.possibly), 'service-nat');
    }
    return verdict(surely, possibly, guise === HOST_NETWORK ? 'host-network' : unsure);
  }

  /** Cilium lets a node reach its own pods unless a rule denies it. Source: Cilium docs, entities based. */
  #stagesFor(guise: Guise): readonly Stage[] {
    const isOwnNode = guise === OWN_NODE && this.universe.direction === 'ingress' && this.target.kind === 'pods';
    return isOwnNode ? this.stages.map((stage) => ({ ...stage, end: 'next' })) : this.stages;
  }

  #destination(peer: number): EndpointClass | undefined {
    return this.universe.direction === 'ingress' ? this.target : this.universe.classes[peer];
  }
}

const [HOST_NETWORK, OWN_NODE, IPV4, IPV6] = [1, 2, 3, 4] as const;
const GUISES = 5;
