/**
 * What was made of a text, for whoever is asked for the same again, by another cluster of a fleet perhaps. A fleet also
 * has ever new texts: at more than `most` of them everything is forgotten.
 */
export class Memory<V> {
  readonly #known = new Map<string, V>();

  constructor(private readonly most: number) {}

  recall(text: string): V | undefined {
    return this.#known.get(text);
  }

  keep(text: string, value: V): V {
    if (this.#known.size >= this.most) this.#known.clear();
    this.#known.set(text, value);
    return value;
  }
}
