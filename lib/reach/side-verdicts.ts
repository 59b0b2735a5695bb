import { combine, type SideVerdict, type Verdict } from './verdict';

/** Gives equal verdicts of a side one number, and combines each pair of numbers once: there are few, and many pairs. */
export class SideVerdicts {
  readonly #numbers = new Map<string, number>();
  readonly #sides: SideVerdict[] = [];
  readonly #closed: boolean[] = [];
  readonly #combined: (Verdict | undefined)[][] = [];

  number(side: SideVerdict): number {
    const key = `${side.surely.key}|${side.possibly.key}|${side.doubt ?? ''}|${side.narrowed.map(({ traffic, to }) => `${traffic.key} ${to.join(',')}`).join('|')}`;
    let number = this.#numbers.get(key);
    if (number === undefined) {
      number = this.#sides.push(side) - 1;
      this.#numbers.set(key, number);
    }
    return number;
  }

  /** Whether a side lets nothing through, whatever the other says. */
  isClosed(number: number): boolean {
    return (this.#closed[number] ??= this.at(number).possibly.isEmpty);
  }

  at(number: number): SideVerdict {
    return this.#sides[number] as SideVerdict;
  }

  /** What passes if both sides have their say. */
  both(egress: number, ingress: number): Verdict {
    const row = (this.#combined[egress] ??= []);
    return (row[ingress] ??= combine([this.at(egress), this.at(ingress)]));
  }
}
