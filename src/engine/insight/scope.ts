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
