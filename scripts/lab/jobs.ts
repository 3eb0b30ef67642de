import { fileURLToPath } from 'node:url';
import * as v from 'valibot';
import { BACKENDS } from '../../src/core/experiment/device.ts';
import { parseExperiment } from '../../src/core/experiment/parse/parse.ts';
import { LESION_KINDS } from '../../src/core/results/lesion.ts';
import { PROBE_NAMES } from '../../src/features/insight/probes/probes.ts';
import { forked, inTurns } from './children.ts';
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
    /** Numbers of fixed images that nets were measured on. */
    images: v.object({ training: v.number(), test: v.number() }),
    run: seedRunSchema,
  }),
  v.object({ type: v.literal('failed'), reason: v.string() }),
]);

/** The work of one child process: an experiment with its seed, and what to measure. */
type SeedTask = v.InferOutput<typeof taskSchema>;
/** A message from a child process: its progress, its result, or the reason of its failure. */
export type Message = v.InferOutput<typeof messageSchema>;
/** The result of a child process. */
export type Outcome = Extract<Message, { type: 'done' }>;

/** Parses the task that a child process gets as its argument. Throws a `ValiError` if it is malformed. */
export function parseTask(text: string | undefined): SeedTask {
  return v.parse(taskSchema, JSON.parse(text ?? 'null'));
}

/** Parses a message of a child process. Throws a `ValiError` if it is malformed. */
function parseMessage(message: unknown): Message {
  return v.parse(messageSchema, message);
}

const CHILD = fileURLToPath(new URL('./child.ts', import.meta.url));

/**
 * Runs each task in a process of its own, `jobs` at a time. The outcomes are in the order of the tasks. `onStep` hears how
 * many steps all of them together have finished. Throws a `LabError` with the reason of the first task that failed, when the
 * others have been ended.
 */
export async function runTasks(
  tasks: readonly SeedTask[],
  jobs: number,
  onStep: (steps: number) => void,
): Promise<readonly Outcome[]> {
  const steps = tasks.map(() => 0);
  const outcomes: Outcome[] = [];
  await inTurns(jobs, [...tasks.entries()], async ([index, task], signal) => {
    const child = { file: CHILD, argument: task, name: `seed ${task.experiment.recipe.seed}` };
    outcomes[index] = await forked<Outcome>(child, signal, async (received, resolve) => {
      const message = parseMessage(received);
      if (message.type === 'failed') throw new LabError(message.reason);
      if (message.type === 'done') return resolve(message);
      steps[index] = message.step;
      onStep(steps.reduce((sum, each) => sum + each, 0));
    });
  });
  return outcomes;
}
