import type { Stream } from './host';

/** A line that tells how far a long run is; only where a person watches, and only once it takes long. */
export class Progress {
  private shown = false;

  constructor(
    private readonly stream: Stream,
    private readonly total: number,
  ) {}

  /** Twenty clusters are done before a reader has found the line; below that it only flickers. */
  step(done: number, name: string): void {
    if (this.stream.isTTY !== true || this.total < 20) return;
    this.shown = true;
    this.stream.write(`\r\u001b[K${done}/${this.total} ${name}`);
  }

  end(): void {
    if (this.shown) this.stream.write('\r\u001b[K');
  }
}
