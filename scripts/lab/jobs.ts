import { fork } from 'node:child_process';
import { fileURLToPath } from 'node:url';
import * as v from 'valibot';
import { BACKENDS } from '../../src/core/experiment/device.ts';
import { parseExperiment } from '../../src/core/experiment/parse/parse.ts';
import { LESION_KINDS } from '../../src/core/results/lesion.ts';
import { PROBE_NAMES } from '../../src/features/insight/probes/probes.ts';
import { LabError } from './error.ts';
import { deviceSchema, seedRunSchema } from './record.ts';

/** Values that `--backend` accepts. */
export const BACKEND_CHOICES = ['auto', ...BACKENDS] as const;

/** The task of one child process: an experiment with its seed. */
const taskSchema = v.object({
  experiment: v.pipe(v.unknown(), v.transform(parseExperiment)),
  backend: v.picklist(BACKEND_CHOICES),
  /** Folder of the data set's files. */
  folder: v.string(),
  /** File of the user's own packed data set. */
  own: v.nullable(v.string()),
  /** Measures trb every `trbEvery` steps, and not only at the end; null for only at the end. */
  trbEvery: v.nullable(v.number()),
  /** And after these. */
  trbAt: v.array(v.number()),
  /** The lesions and probes to measure. */
  insight: v.object({
    lesions: v.array(v.picklist(LESION_KINDS)),
    /** The most lesions at once, at random; 0 for one after the other only. */
    random: v.number(),
    probes: v.array(v.picklist(PROBE_NAMES)),
  }),
});

/** Messages of a child process: progress, then either the result or the reason of the failure. */
const messageSchema = v.variant('type', [
  v.object({ type: v.literal('step'), step: v.number() }),
  v.object({
    type: v.literal('done'),
    device: deviceSchema,
    /** Error of always predicting the largest class, in percent. */
    majority: v.number(),
    run: seedRunSchema,
  }),
  v.object({ type: v.literal('failed'), reason: v.string() }),
]);

/** The work of one child process: an experiment with its seed, and what to measure. */
export type SeedTask = v.InferOutput<typeof taskSchema>;
/** A message from a child process: its progress, its result, or the reason of its failure. */
export type Message = v.InferOutput<typeof messageSchema>;
/** The result of a child process. */
export type Outcome = Extract<Message, { type: 'done' }>;

/** Parses the task that a child process gets as its argument. Throws a `ValiError` if it is malformed. */
export function parseTask(text: string | undefined): SeedTask {
  return v.parse(taskSchema, JSON.parse(text ?? 'null'));
}

/** Parses a message of a child process. Throws a `ValiError` if it is malformed. */
export function parseMessage(message: unknown): Message {
  return v.parse(messageSchema, message);
}

const CHILD = fileURLToPath(new URL('./child.ts', import.meta.url));

/**
 * Runs each task in a process of its own, `jobs` at a time: tfjs in Node has one thread. The outcomes are in the
 * order of the tasks. `onStep` hears how many steps all of them together have finished. Throws a `LabError` with
 * the reason of the first task that failed, when the others have been ended.
 */
export async function runTasks(
  tasks: readonly SeedTask[],
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

function runChild(task: SeedTask, signal: AbortSignal, onStep: (step: number) => void): Promise<Outcome> {
  return new Promise((resolve, reject) => {
    const child = fork(CHILD, [JSON.stringify(task)], { signal });
    child.on('message', (received: unknown) => {
      const message = parseMessage(received);
      if (message.type === 'step') onStep(message.step);
      else if (message.type === 'done') resolve(message);
      else reject(new LabError(message.reason));
    });
    child.on('error', reject);
    // After an outcome this changes nothing.
    child.on('exit', (code, by) => {
      reject(new LabError(`seed ${task.experiment.recipe.seed}: its process was ended by ${by ?? `code ${code}`}`));
    });
  });
}
