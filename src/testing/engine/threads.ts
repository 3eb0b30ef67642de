import { makeAlexNet, makeGoogLeNet, makeVgg } from '../../core/net/zoo.ts';
import { setWasmThreads } from '../../engine/device/wasm.ts';
import { type Check, largestDifference } from './check.ts';
import { type Task, trainGolden } from './golden.ts';

/** One, and an odd number, which shares nothing evenly, whatever the machine has. */
const THREADS = [1, 3];

const STEPS = 2;

/** These have the operations that nets with blocks have not: pools of windows, groups, responses that are normalised. */
const ZOO = [
  makeVgg(16, { width: 2 }),
  makeAlexNet({ width: 2, form: 'paper' }),
  makeGoogLeNet({ width: 2, form: 'paper' }),
];

/** Larger than its golden, so that a map is more than one unit of work, and odd where that is. */
function enlarged(task: Task): Task {
  return { ...task, size: task.size + 8, batch: 16 };
}

/**
 * Trains the nets of goldens, and some more, on wasm with one thread and with several: a net is trained by one thread as soon
 * as it shares the machine, and its curve must stay the same to the last bit. Leaves `threads` threads.
 */
export async function checkThreads(
  goldens: Readonly<Record<string, Task>>,
  threads: number,
): Promise<readonly Check[]> {
  const [first] = Object.values(goldens);
  if (first === undefined) throw new Error('threads: no golden');
  const zoo = ZOO.map((net) => [net.design, { ...first, net, surgery: [] }] as const);
  const tasks: readonly (readonly [string, Task])[] = [...Object.entries(goldens), ...zoo];
  const runs: (readonly number[])[][] = [];
  for (const count of THREADS) {
    await setWasmThreads(count);
    const run: (readonly number[])[] = [];
    for (const [, task] of tasks) {
      const { losses, logits } = await trainGolden(enlarged(task), STEPS);
      run.push([...losses, ...Array.from(logits)]);
    }
    runs.push(run);
  }
  await setWasmThreads(threads);
  const [alone = [], together = []] = runs;
  return tasks.map(([name], nth) => ({
    what: `${name} on ${THREADS.join(' and ')} threads`,
    difference: largestDifference(together[nth] ?? [], alone[nth] ?? []),
    tolerance: 0,
  }));
}
