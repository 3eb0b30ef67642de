import { fork } from 'node:child_process';
import { LabError } from './error.ts';

/**
 * Does `work` for every item, for `jobs` of them at a time. Throws the error of the first that fails, begins no further one
 * then, and aborts the signal of the others.
 */
export async function inTurns<Item>(
  jobs: number,
  items: readonly Item[],
  work: (item: Item, signal: AbortSignal) => Promise<void>,
): Promise<void> {
  const abort = new AbortController();
  const queue = items.values();
  const workThrough = async () => {
    for (const item of queue) {
      if (abort.signal.aborted) return;
      await work(item, abort.signal);
    }
  };
  try {
    await Promise.all(Array.from({ length: Math.min(jobs, items.length) }, workThrough));
  } finally {
    abort.abort();
  }
}

/** A process to start: a module, and what it gets as its argument, in JSON. */
export interface Child {
  readonly file: string;
  readonly argument: unknown;
  /** Named where the process ends too early. */
  readonly name: string;
}

/**
 * Runs a child process, since tfjs in Node has one thread. Resolves with what `onMessage` passes to `resolve`; rejects with
 * what it throws, with a `LabError` where the process ends before, and when the signal aborts, which ends the process.
 */
export function forked<Result>(
  { file, argument, name }: Child,
  signal: AbortSignal,
  onMessage: (message: unknown, resolve: (result: Result) => void) => Promise<void>,
): Promise<Result> {
  return new Promise((resolve, reject) => {
    const child = fork(file, [JSON.stringify(argument)], { signal });
    child.on('message', (message: unknown) => onMessage(message, resolve).catch(reject));
    child.on('error', reject);
    // After a result this changes nothing.
    child.on('exit', (code, by) => {
      reject(new LabError(`${name}: its process was ended by ${by ?? `code ${code}`}`));
    });
  });
}
