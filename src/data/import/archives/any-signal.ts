/** A signal that aborts with the first of several, as `AbortSignal.any` makes it, which Safari has from 17.4 on. */
export function anySignal(signals: readonly AbortSignal[]): AbortSignal {
  const either = new AbortController();
  for (const signal of signals) {
    if (signal.aborted) {
      either.abort(signal.reason);
      break;
    }
    // The listeners of the others go with the first that aborts.
    signal.addEventListener('abort', () => either.abort(signal.reason), { once: true, signal: either.signal });
  }
  return either.signal;
}
