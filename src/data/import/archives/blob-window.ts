const WINDOW = 2 ** 20;

/**
 * Reads parts of a file that mostly lie one behind the other, a megabyte at a time: each read of a `Blob` is a message to
 * another process.
 */
export class BlobWindow {
  readonly size: number;
  readonly #blob: Blob;
  #from = 0;
  #bytes = new Uint8Array();

  constructor(blob: Blob) {
    this.#blob = blob;
    this.size = blob.size;
  }

  /** A copy of `length` bytes, fewer where the file ends before. */
  async read(from: number, length: number): Promise<Uint8Array<ArrayBuffer>> {
    if (from < this.#from || from + length > this.#from + this.#bytes.length) {
      const to = Math.min(this.size, from + Math.max(length, WINDOW));
      this.#bytes = new Uint8Array(await this.#blob.slice(from, to).arrayBuffer());
      this.#from = from;
    }
    return this.#bytes.slice(from - this.#from, from - this.#from + length);
  }
}
