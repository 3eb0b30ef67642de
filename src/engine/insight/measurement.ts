interface Disposable {
  dispose(): void;
}

/** Owns resources of asynchronous work, which are disposed of together when it ends. */
export class Scope {
  readonly #owned: Disposable[] = [];

  own<T extends Disposable>(owned: T): T {
    this.#owned.push(owned);
    return owned;
  }

  dispose(): void {
    for (const owned of this.#owned.splice(0).toReversed()) owned.dispose();
  }
}

/** Runs `work` and disposes of everything that the scope owns, whether it succeeds or fails. */
export async function inScope<T>(work: (scope: Scope) => Promise<T>): Promise<T> {
  const scope = new Scope();
  try {
    return await work(scope);
  } finally {
    scope.dispose();
  }
}

/** Scheduling hooks of a long measurement. */
export interface MeasurementHooks<Part> {
  /** Yields to training; called between pieces that last a few training steps at most. Rejects if it was cancelled. */
  turn(): Promise<void>;
  /** Receives the partial result so far. */
  onPart(part: Part): void;
}

/** Hooks that never wait and drop partial results, for measurements while nothing trains. */
export const AT_ONCE: MeasurementHooks<unknown> = { turn: () => Promise.resolve(), onPart: () => {} };
