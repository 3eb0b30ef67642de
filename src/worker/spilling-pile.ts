import { MemoryPile, type Pile } from '../data/pile.ts';
import { StorageError } from '../store/error.ts';
import type { WeightPile } from '../store/weight-pile.ts';

/** A pile that the browser keeps as far as it does; what it does not take lies beside it in memory. */
export class SpillingPile implements Pile {
  #kept: WeightPile | null;
  #unkept: StorageError | null;
  /** Before what is in memory. */
  #below: Blob | null = null;
  readonly #memory = new MemoryPile();

  /** A `StorageError` where nothing is kept from the beginning. */
  constructor(kept: WeightPile | StorageError) {
    this.#kept = kept instanceof StorageError ? null : kept;
    this.#unkept = kept instanceof StorageError ? kept : null;
  }

  /** Why not all of it is kept. */
  get unkept(): StorageError | null {
    return this.#unkept;
  }

  get size(): number {
    return this.#kept?.size ?? (this.#below?.size ?? 0) + this.#memory.size;
  }

  get version(): string | null {
    return this.#kept?.version ?? this.#memory.version;
  }

  async begin(version: string | null, total: number | null): Promise<void> {
    await this.#keep((kept) => kept.begin(version, total));
    if (this.#kept !== null) return;
    this.#below = null;
    await this.#memory.begin(version);
  }

  async add(piece: Uint8Array<ArrayBuffer>): Promise<void> {
    await this.#keep((kept) => kept.add(piece));
    if (this.#kept === null) await this.#memory.add(piece);
  }

  async end(): Promise<Blob> {
    const kept = await this.#keep((pile) => pile.end());
    if (kept !== null) return kept;
    const memory = await this.#memory.end();
    return this.#below === null ? memory : new Blob([this.#below, memory]);
  }

  close(): void {
    this.#kept?.close();
  }

  /** Null where it is not kept, or from now on not any more. */
  async #keep<T>(work: (kept: WeightPile) => Promise<T>): Promise<T | null> {
    const kept = this.#kept;
    if (kept === null) return null;
    try {
      return await work(kept);
    } catch (error) {
      if (!(error instanceof StorageError)) throw error;
      this.#unkept = error;
      const { version } = kept;
      this.#below = await kept.soFar();
      this.#kept = null;
      await this.#memory.begin(version);
      return null;
    }
  }
}
