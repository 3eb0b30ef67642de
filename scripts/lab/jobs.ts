import { fork } from 'node:child_process';
import { fileURLToPath } from 'node:url';
import { LabError } from './error.ts';
import { type Outcome, parseMessage, type Task } from './task.ts';

const CHILD = fileURLToPath(new URL('./child.ts', import.meta.url));

/**
 * Runs each task in a process of its own, `jobs` at a time: tfjs in Node has one thread. The outcomes are in the
 * order of the tasks. `onStep` hears how many steps all of them together have finished. Throws a `LabError` with
 * the reason of the first task that failed, when the others have been ended.
 */
export async function runTasks(
  tasks: readonly Task[],
  jobs: number,
  onStep: (steps: number) => void,
): Promise<readonly Outcome[]> {
  const abort = new AbortController();
  const steps = tasks.map(() => 0);
  const outcomes: Outcome[] = [];
  const queue = [...tasks.entries()];
  const work = async () => {
    for (let next = queue.shift(); next !== undefined && !abort.signal.aborted; next = queue.shift()) {
      const [index, task] = next;
      outcomes[index] = await runChild(task, abort.signal, (step) => {
        steps[index] = step;
        onStep(steps.reduce((sum, each) => sum + each, 0));
      });
    }
  };
  try {
    await Promise.all(Array.from({ length: Math.min(jobs, tasks.length) }, work));
  } finally {
    abort.abort();
  }
  return outcomes;
}

function runChild(task: Task, signal: AbortSignal, onStep: (step: number) => void): Promise<Outcome> {
  return new Promise((resolve, reject) => {
    const child = fork(CHILD, [JSON.stringify(task)], { signal });
    child.on('message', (received: unknown) => {
      const message = parseMessage(received);
      if (message.kind === 'step') onStep(message.step);
      else if (message.kind === 'done') resolve(message);
      else reject(new LabError(message.reason));
    });
    child.on('error', reject);
    // After an outcome this changes nothing.
    child.on('exit', (code, by) => {
      reject(new LabError(`seed ${task.experiment.recipe.seed}: its process was ended by ${by ?? `code ${code}`}`));
    });
  });
}
