interface Disposable {
  dispose(): void;
}

/** What is to be disposed of together, however an asynchronous work ends. */
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

/** Does the work and disposes of all that it let the scope own, whether it succeeds or fails. */
export async function inScope<T>(work: (scope: Scope) => Promise<T>): Promise<T> {
  const scope = new Scope();
  try {
    return await work(scope);
  } finally {
    scope.dispose();
  }
}
