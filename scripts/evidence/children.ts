import { fileURLToPath } from 'node:url';
import * as v from 'valibot';
import { forked, inTurns } from '../lab/children.ts';
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
  /** The step to stop at. */
  until: v.number(),
});

const messageSchema = v.variant('type', [
  v.object({ type: v.literal('saved'), step: v.number() }),
  v.object({ type: v.literal('done') }),
  v.object({ type: v.literal('failed'), reason: v.string() }),
]);

type Order = v.InferOutput<typeof childSchema>;

const CHILD = fileURLToPath(new URL('./child.ts', import.meta.url));

/**
 * Has each order done by a process of its own, `jobs` at a time. `onSaved` hears of every state that was written. Throws a
 * `LabError` with the reason of the first that failed, and ends the others.
 */
export function runChildren(
  orders: readonly Order[],
  jobs: number,
  onSaved: (order: Order, step: number) => Promise<void>,
): Promise<void> {
  return inTurns(jobs, orders, (order, signal) =>
    forked<void>(
      { file: CHILD, argument: order, name: `net ${order.task} of ${order.name}` },
      signal,
      async (received, resolve) => {
        const message = v.parse(messageSchema, received);
        if (message.type === 'failed') throw new LabError(message.reason);
        if (message.type === 'done') return resolve();
        await onSaved(order, message.step);
      },
    ),
  );
}
