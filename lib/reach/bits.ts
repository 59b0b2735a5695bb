/** A set of small whole numbers below `size`. */
export class Bits {
  private readonly words: Uint32Array;

  constructor(readonly size: number) {
    this.words = new Uint32Array((size + 31) >>> 5);
  }

  add(index: number): void {
    this.words[index >>> 5] = (this.words[index >>> 5] ?? 0) | (1 << (index & 31));
  }

  addAll(other: Bits): void {
    for (let i = 0; i < this.words.length; i++) this.words[i] = (this.words[i] ?? 0) | (other.words[i] ?? 0);
  }

  has(index: number): boolean {
    return ((this.words[index >>> 5] ?? 0) & (1 << (index & 31))) !== 0;
  }

  get isEmpty(): boolean {
    return this.words.every((word) => word === 0);
  }

  /** The numbers of the set, in order. */
  list(): number[] {
    const numbers: number[] = [];
    this.forEach((index) => numbers.push(index));
    return numbers;
  }

  /** Calls for each number of the set, in order. */
  forEach(call: (index: number) => void): void {
    for (let i = 0; i < this.words.length; i++) {
      let word = this.words[i] ?? 0;
      while (word !== 0) {
        const bit = 31 - Math.clz32(word & -word);
        call((i << 5) | bit);
        word &= word - 1;
      }
    }
  }
}
