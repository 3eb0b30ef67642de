/** What has failed where a screen reader does not hear it, since a dialog hides that part of the page. */
let failures: readonly string[] = [];
const listeners = new Set<() => void>();

export function hiddenFailures(): readonly string[] {
  return failures;
}

/** Calls `listener` when there are others; returns the function that ends this. */
export function onHiddenFailures(listener: () => void): () => void {
  listeners.add(listener);
  return () => listeners.delete(listener);
}

/** Adds what a part says of its failure; returns the function that takes it back. */
export function sayHiddenFailure(sentence: string): () => void {
  change(failures.includes(sentence) ? failures : [...failures, sentence]);
  return () => change(failures.filter((each) => each !== sentence));
}

function change(now: readonly string[]): void {
  failures = now;
  for (const listener of listeners) listener();
}
