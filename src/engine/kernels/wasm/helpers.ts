/** What a helper thread joins. */
export interface HelperStart {
  readonly module: WebAssembly.Module;
  readonly memory: WebAssembly.Memory;
  readonly board: number;
}

/** A helper answers within milliseconds, on a busy machine within a second or two; one that never does must hold up no one. */
const LONGEST_START = 10_000;

/** Starts as many helpers as are wanted, sets those to work that answer in time and ends the others; gives how many work. */
export async function startHelpers(wanted: number, start: HelperStart): Promise<number> {
  const started = await Promise.all(Array.from({ length: wanted }, () => startHelper(start)));
  const helpers = started.filter((worker) => worker !== null);
  // Counted from 0 without a gap: `allowHelpers(n)` lets the first n take part.
  for (const [index, worker] of helpers.entries()) worker.postMessage(index);
  return helpers.length;
}

/** Null where the helper cannot start or does not answer. */
function startHelper(start: HelperStart): Promise<Worker | null> {
  const worker = new Worker(new URL('./thread.ts', import.meta.url), { type: 'module', name: 'helper' });
  return new Promise((resolve) => {
    const giveUp = () => {
      worker.terminate();
      resolve(null);
    };
    const limit = setTimeout(giveUp, LONGEST_START);
    const settle = (then: () => void) => () => {
      clearTimeout(limit);
      then();
    };
    worker.onmessage = settle(() => resolve(worker));
    worker.onerror = settle(giveUp);
    worker.postMessage(start);
  });
}
