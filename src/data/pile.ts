/** A sink for the bytes of a file, in order. */
export interface Pile {
  /** Number of bytes written. */
  readonly size: number;
  /** The strong ETag of the file that they are the beginning of; null where its server names none. */
  readonly version: string | null;
  /** Discards all bytes and starts a file of that version and, if the server says it, of `total` bytes. */
  begin(version: string | null, total: number | null): Promise<void>;
  add(piece: Uint8Array<ArrayBuffer>): Promise<void>;
  /** Ends the file and resolves with all of it. */
  end(): Promise<Blob>;
}

/** Bytes to gather before they become a Blob, which the browser may put on the disk. */
const PIECE = 16 * 2 ** 20;

/** A sink in memory. */
export class MemoryPile implements Pile {
  readonly #blobs: Blob[] = [];
  #pieces: Uint8Array<ArrayBuffer>[] = [];
  #inPieces = 0;
  #version: string | null = null;
  #size = 0;

  get size(): number {
    return this.#size;
  }

  get version(): string | null {
    return this.#version;
  }

  async begin(version: string | null): Promise<void> {
    this.#blobs.length = 0;
    this.#pieces = [];
    this.#inPieces = 0;
    this.#size = 0;
    this.#version = version;
  }

  async add(piece: Uint8Array<ArrayBuffer>): Promise<void> {
    this.#pieces.push(piece);
    this.#inPieces += piece.length;
    this.#size += piece.length;
    if (this.#inPieces >= PIECE) this.#gather();
  }

  async end(): Promise<Blob> {
    this.#gather();
    return new Blob(this.#blobs);
  }

  #gather(): void {
    this.#blobs.push(new Blob(this.#pieces));
    this.#pieces = [];
    this.#inPieces = 0;
  }
}
