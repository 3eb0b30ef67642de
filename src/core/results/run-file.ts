import * as v from 'valibot';
import { type Sentence, sentence } from '../../language/sentence.ts';
import { BACKENDS, SIMDS } from '../experiment/device.ts';
import type { Experiment } from '../experiment/experiment.ts';
import { LIMITS } from '../experiment/limits.ts';
import { ExperimentError, parseExperiment } from '../experiment/parse/parse.ts';
import { complaintOf, MOST_TYPED, placeOf } from '../experiment/parse/parse-values.ts';
import { cutName, printable, quote } from '../quote.ts';
import type { SavedCurve, SavedRun } from './run.ts';

/** A run as a file: what is kept of it, with columns as lists. */
const FORMAT = 'resnet-playground-run';

const step = v.pipe(v.number(), v.integer(), v.minValue(0), v.maxValue(LIMITS.steps.max));
/** The largest number of a curve: losses grow without bound before they are none. */
const LARGEST = 2 ** 128 - 2 ** 104;
/** JSON has no NaN: what was not measured is null there. */
const loss = v.nullable(v.pipe(v.number(), v.minValue(0), v.maxValue(LARGEST)));
/** A share of wrong answers, in percent. */
const error = v.nullable(v.pipe(v.number(), v.minValue(0), v.maxValue(100)));
const lossColumn = v.pipe(v.array(loss), v.maxLength(LIMITS.steps.max));
const errorColumn = v.pipe(v.array(error), v.maxLength(LIMITS.steps.max));
const tests = v.pipe(v.array(v.object({ step, error })), v.maxLength(LIMITS.steps.max));
const name = v.pipe(
  v.string(),
  v.minLength(1),
  v.transform((text) => cutName(text, MOST_TYPED)),
);
const laneName = v.pipe(v.string(), v.minLength(1), v.maxLength(LIMITS.laneName.max));
/** Other fields of a file's device are ignored. */
const device = v.nullable(
  v.object({
    backend: v.picklist(BACKENDS),
    adapter: v.pipe(v.string(), v.maxLength(1000)),
    simd: v.exactOptional(v.picklist(SIMDS)),
  }),
);

const ownSchema = v.object({
  format: v.literal(FORMAT),
  version: v.literal(1),
  name: v.nullable(name),
  startedAt: v.pipe(v.number(), v.minValue(0), v.maxValue(8.64e15)),
  device,
  experiment: v.unknown(),
  lanes: v.pipe(
    v.array(
      v.object({
        name: laneName,
        divergedAt: v.nullable(step),
        trainError: errorColumn,
        loss: lossColumn,
        testError: tests,
      }),
    ),
    v.maxLength(LIMITS.lanes.max),
  ),
});

/** The most runs in a file of `npm run lab`. */
export const MOST_RUNS_IN_FILE = 100;

/** The JSON file of `npm run lab`: one run per seed. */
const labSchema = v.object({
  device,
  experiment: v.unknown(),
  runs: v.pipe(
    v.array(
      v.object({
        seed: v.pipe(v.number(), v.integer(), v.minValue(LIMITS.seed.min), v.maxValue(LIMITS.seed.max)),
        lanes: v.pipe(
          v.array(
            v.object({
              name: laneName,
              divergedAt: v.nullable(step),
              curves: v.object({ trainError: errorColumn, loss: lossColumn, testError: tests }),
            }),
          ),
          v.maxLength(LIMITS.lanes.max),
        ),
      }),
    ),
    v.minLength(1),
    v.maxLength(MOST_RUNS_IN_FILE),
  ),
});

/** A run as a JSON file that `parseRunFile` takes back. */
export function runFile({ name: called, startedAt, device: on, experiment, curves }: SavedRun): string {
  // A net may have come or gone since the copy of the race that is kept.
  const known = new Set(experiment.lanes.map((lane) => lane.name));
  const own = curves.filter(({ lane }) => known.has(lane));
  const lanes = own.map(({ lane, errors, losses, tests: tested, divergedAt }) => ({
    name: lane,
    divergedAt,
    trainError: [...errors],
    loss: [...losses],
    testError: tested.map(({ step: at, error }) => ({ step: at, error })),
  }));
  return JSON.stringify({ format: FORMAT, version: 1, name: called, startedAt, device: on, experiment, lanes });
}

/**
 * The runs in a file that `runFile` or `npm run lab` wrote. Throws an `ExperimentError` that names the file, and where it
 * can the field.
 */
export function parseRunFile(text: string, file: string, now: number, newId: () => string): readonly SavedRun[] {
  const fail = (problem: Sentence, cause?: unknown) =>
    new ExperimentError(sentence('experiment.run', { file: printable(file), problem }), { cause });
  let json: unknown;
  try {
    json = JSON.parse(text);
  } catch (cause) {
    throw fail(sentence('experiment.run.notJson'), cause);
  }
  const isLab = typeof json === 'object' && json !== null && 'runs' in json;
  const check = <Schema extends v.GenericSchema>(schema: Schema): v.InferOutput<Schema> => {
    const parsed = v.safeParse(schema, json, { abortEarly: true });
    if (parsed.success) return parsed.output;
    const [issue] = parsed.issues;
    const [place, reason] = [placeOf(issue), complaintOf(issue)];
    throw fail(
      place === null
        ? sentence('experiment.run.beginning', { reason })
        : sentence('experiment.run.place', { place, reason }),
    );
  };
  if (isLab) {
    const { device: on, experiment: written, runs } = check(labSchema);
    const experiment = experimentOf(written, file);
    return runs.map(({ seed, lanes }) => {
      const columns = lanes.map(({ name: lane, divergedAt, curves: each }) => ({ lane, divergedAt, ...each }));
      checkColumns(columns, experiment, fail);
      const curves = columns.map(curveOf);
      const own = { ...experiment, recipe: { ...experiment.recipe, seed } };
      return { id: newId(), name: null, startedAt: now, device: on, experiment: own, step: longest(curves), curves };
    });
  }
  const { name: called, startedAt, device: on, experiment, lanes } = check(ownSchema);
  const parsed = experimentOf(experiment, file);
  const columns = lanes.map(({ name: lane, ...each }) => ({ lane, ...each }));
  checkColumns(columns, parsed, fail);
  const curves = columns.map(curveOf);
  return [{ id: newId(), name: called, startedAt, device: on, experiment: parsed, step: longest(curves), curves }];
}

function experimentOf(written: unknown, file: string) {
  try {
    return parseExperiment(written);
  } catch (error) {
    if (!(error instanceof ExperimentError)) throw error;
    throw new ExperimentError(sentence('experiment.run.about', { file: printable(file), problem: error.sentence }));
  }
}

interface Columns {
  readonly lane: string;
  readonly divergedAt: number | null;
  readonly trainError: readonly (number | null)[];
  readonly loss: readonly (number | null)[];
  readonly testError: readonly { readonly step: number; readonly error: number | null }[];
}

/** Throws the error that `fail` creates if the curves do not fit the experiment. */
function checkColumns(all: readonly Columns[], { lanes }: Experiment, fail: (problem: Sentence) => Error): void {
  const seen = new Set<string>();
  for (const { lane, divergedAt, trainError, loss: losses, testError } of all) {
    const net = quote(lane);
    if (seen.has(lane)) throw fail(sentence('experiment.run.twice', { net }));
    seen.add(lane);
    if (!lanes.some(({ name: each }) => each === lane)) throw fail(sentence('experiment.run.unknown', { net }));
    if (trainError.length !== losses.length) {
      const counts = { errors: trainError.length, losses: losses.length };
      throw fail(sentence('experiment.run.lengths', { net, ...counts }));
    }
    const back = testError.findIndex(({ step: at }, nth) => at < (testError[nth - 1]?.step ?? 0));
    if (back > 0) {
      const [before = 0, at = 0] = [testError[back - 1]?.step, testError[back]?.step];
      throw fail(sentence('experiment.run.order', { net, step: at, before }));
    }
    if (divergedAt !== null && divergedAt > losses.length + 1) {
      throw fail(sentence('experiment.run.diverged', { net, step: divergedAt, steps: losses.length }));
    }
  }
}

function curveOf({ lane, divergedAt, trainError, loss, testError }: Columns): SavedCurve {
  const measured = testError.flatMap(({ step: at, error }) => (error === null ? [] : [{ lane, step: at, error }]));
  const numbers = (values: readonly (number | null)[]) => Float32Array.from(values, (value) => value ?? Number.NaN);
  return { lane, divergedAt, errors: numbers(trainError), losses: numbers(loss), tests: measured };
}

function longest(curves: readonly SavedCurve[]): number {
  return Math.max(0, ...curves.map(({ errors }) => errors.length));
}
