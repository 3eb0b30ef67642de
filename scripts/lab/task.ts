import * as v from 'valibot';
import { BACKENDS } from '../../src/core/experiment/device.ts';
import { parseExperiment } from '../../src/core/experiment/parse/parse.ts';
import { LESION_KINDS } from '../../src/core/results/lesion.ts';
import { PROBE_NAMES } from '../../src/features/insight/probes/probes.ts';
import { deviceSchema, seedRunSchema } from './result.ts';

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

export type Task = v.InferOutput<typeof taskSchema>;
export type Message = v.InferOutput<typeof messageSchema>;
export type Outcome = Extract<Message, { kind: 'done' }>;

export function parseTask(text: string | undefined): Task {
  return v.parse(taskSchema, JSON.parse(text ?? 'null'));
}

export function parseMessage(message: unknown): Message {
  return v.parse(messageSchema, message);
}
