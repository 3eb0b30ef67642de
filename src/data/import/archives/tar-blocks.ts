import { SaidError, sentence } from '../../../language/sentence.ts';

const BLOCK = 512;

/** The blocks of a tar archive, which comes in pieces of any length. */
export class TarBlocks {
  readonly #pieces: AsyncIterator<Uint8Array>;
  #piece: Uint8Array = new Uint8Array();

  constructor(pieces: AsyncIterable<Uint8Array>) {
    this.#pieces = pieces[Symbol.asyncIterator]();
  }

  /** The next block; null at the end. */
  async next(): Promise<Uint8Array | null> {
    return (await this.#fill()) ? this.#exactly(BLOCK) : null;
  }

  /** A copy of the next `length` bytes, at most `most`, without the rest of their last block. */
  async take(length: number, most: number): Promise<Uint8Array> {
    if (!(length >= 0 && length <= most)) throw new SaidError(sentence('data.archive.attributes'));
    const bytes = await this.#exactly(length);
    await this.endFile(length);
    return bytes;
  }

  /** One or more of the next bytes, at most `most`. */
  async some(most: number): Promise<Uint8Array> {
    if (!(await this.#fill())) throw new SaidError(sentence('data.archive.ends'));
    const bytes = this.#piece.subarray(0, most);
    this.#piece = this.#piece.subarray(bytes.length);
    return bytes;
  }

  /** Passes over what the last block has behind a file of `size` bytes. */
  async endFile(size: number): Promise<void> {
    await this.#exactly((BLOCK - (size % BLOCK)) % BLOCK);
  }

  async end(): Promise<void> {
    await this.#pieces.return?.();
  }

  async #exactly(length: number): Promise<Uint8Array> {
    const bytes = new Uint8Array(length);
    for (let filled = 0; filled < length; ) {
      const some = await this.some(length - filled);
      bytes.set(some, filled);
      filled += some.length;
    }
    return bytes;
  }

  /** Whether there are further bytes. */
  async #fill(): Promise<boolean> {
    while (this.#piece.length === 0) {
      const { done, value } = await this.#pieces.next();
      if (done === true) return false;
      this.#piece = value;
    }
    return true;
  }
}
