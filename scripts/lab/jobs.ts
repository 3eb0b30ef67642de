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

/** What one child process is to do: one experiment, with the seed that its recipe has. */
const taskSchema = v.object({
  experiment: v.pipe(v.unknown(), v.transform(parseExperiment)),
  backend: v.picklist(BACKEND_CHOICES),
  /** Where the files of its data set are. */
  folder: v.string(),
  /** The file in which a data set of a person's own lies packed. */
  own: v.nullable(v.string()),
  /** Measures trb every `trbEvery` steps, and not only at the end; null for only at the end. */
  trbEvery: v.nullable(v.number()),
  /** And after these. */
  trbAt: v.array(v.number()),
  /** What is measured inside the nets. */
  insight: v.object({
    lesions: v.array(v.picklist(LESION_KINDS)),
    /** The most lesions at once, at random; 0 for one after the other only. */
    random: v.number(),
    probes: v.array(v.picklist(PROBE_NAMES)),
  }),
});

/** What a child process tells: how far it is, and in the end either what came out or why nothing did. */
const messageSchema = v.variant('kind', [
  v.object({ kind: v.literal('step'), step: v.number() }),
  v.object({
    kind: v.literal('done'),
    device: deviceSchema,
    /** Always giving the most frequent answer is wrong this often, in percent. */
    majority: v.number(),
    run: seedRunSchema,
  }),
  v.object({ kind: v.literal('failed'), reason: v.string() }),
]);

/** The work of one child process: an experiment with its seed, and what to measure. */
export type SeedTask = v.InferOutput<typeof taskSchema>;
/** A message from a child process: its progress, its result, or the reason of its failure. */
export type Message = v.InferOutput<typeof messageSchema>;
/** The result of a child process. */
export type Outcome = Extract<Message, { kind: 'done' }>;

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
