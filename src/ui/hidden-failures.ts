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

/** How long what was said stays: once it is announced, the part says it in its own place. */
const MILLISECONDS_SAID = 5000;

/** Adds what a part says of its failure, for a while; returns the function that takes it back before. */
export function sayHiddenFailure(sentence: string): () => void {
  change(failures.includes(sentence) ? failures : [...failures, sentence]);
  const takeBack = () => change(failures.filter((each) => each !== sentence));
  const end = setTimeout(takeBack, MILLISECONDS_SAID);
  return () => {
    clearTimeout(end);
    takeBack();
  };
}

function change(now: readonly string[]): void {
  failures = now;
  for (const listener of listeners) listener();
}
