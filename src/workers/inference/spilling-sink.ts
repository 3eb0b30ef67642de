import { type ByteSink, MemorySink } from '../../data/sources/download.ts';
import { StorageError } from '../../store/database.ts';
import type { WeightSink } from '../../store/weight-sink.ts';

/** A byte sink that writes to the browser's storage; when that is full, the rest goes to memory. */
export class SpillingSink implements ByteSink {
  #kept: WeightSink | null;
  #unkept: StorageError | null;
  /** The stored beginning of the file; the rest is in memory. */
  #below: Blob | null = null;
  readonly #memory = new MemorySink();

  /** `kept` is a `StorageError` if nothing can be stored from the start. */
  constructor(kept: WeightSink | StorageError) {
    this.#kept = kept instanceof StorageError ? null : kept;
    this.#unkept = kept instanceof StorageError ? kept : null;
  }

  /** Why not all bytes are stored; null if they are. */
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
    const kept = await this.#keep((sink) => sink.end());
    if (kept !== null) return kept;
    const memory = await this.#memory.end();
    return this.#below === null ? memory : new Blob([this.#below, memory]);
  }

  close(): void {
    this.#kept?.close();
  }

  /** The result of `work`; null if storage is not used, or has failed now. */
  async #keep<T>(work: (kept: WeightSink) => Promise<T>): Promise<T | null> {
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
