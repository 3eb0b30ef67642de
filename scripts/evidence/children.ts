import { fork } from 'node:child_process';
import { fileURLToPath } from 'node:url';
import * as v from 'valibot';
import { LabError } from '../lab/error.ts';
import { BACKEND_CHOICES } from '../lab/jobs.ts';

/** What a child process is to do. */
export const childSchema = v.object({
  /** The definition's name. */
  name: v.string(),
  /** The net's place among the definition's tasks. */
  task: v.number(),
  /** The file of its state, and the folder of all of them. */
  file: v.string(),
  folder: v.string(),
  backend: v.picklist(BACKEND_CHOICES),
  /** The commit that the record is to name. */
  commit: v.string(),
  /** The step to stop at. */
  until: v.number(),
});

const messageSchema = v.variant('type', [
  v.object({ type: v.literal('saved'), step: v.number() }),
  v.object({ type: v.literal('failed'), reason: v.string() }),
]);

type Order = v.InferOutput<typeof childSchema>;

const CHILD = fileURLToPath(new URL('./child.ts', import.meta.url));

/**
 * Has each order done by a process of its own, `jobs` at a time: tfjs in Node has one thread. `onSaved` hears of every
 * state that was written. Throws a `LabError` with the reason of the first that failed, and ends the others.
 */
export async function runChildren(
  orders: readonly Order[],
  jobs: number,
  onSaved: (order: Order, step: number) => Promise<void>,
): Promise<void> {
  const abort = new AbortController();
  const queue = [...orders];
  const work = async () => {
    for (let order = queue.shift(); order !== undefined && !abort.signal.aborted; order = queue.shift()) {
      await runChild(order, abort.signal, onSaved);
    }
  };
  try {
    await Promise.all(Array.from({ length: Math.min(jobs, orders.length) }, work));
  } finally {
    abort.abort();
  }
}

function runChild(
  order: Order,
  signal: AbortSignal,
  onSaved: (order: Order, step: number) => Promise<void>,
): Promise<void> {
  return new Promise((resolve, reject) => {
    const child = fork(CHILD, [JSON.stringify(order)], { signal });
    child.on('message', (received: unknown) => {
      const message = v.parse(messageSchema, received);
      if (message.type === 'saved') onSaved(order, message.step).catch(reject);
      else reject(new LabError(message.reason));
    });
    child.on('error', reject);
    child.on('exit', (code, by) => {
      if (code === 0) resolve();
      else reject(new LabError(`net ${order.task} of ${order.name}: its process was ended by ${by ?? `code ${code}`}`));
    });
  });
}
