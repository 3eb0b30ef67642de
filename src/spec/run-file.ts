import * as v from 'valibot';
import { BACKENDS, SIMDS } from './device.ts';
import { ExperimentError, LIMITS, parseExperiment } from './parse.ts';
import { complaintOf, placeOf } from './parse-values.ts';
import { printable } from './quote.ts';
import type { KeptCurve, KeptRun } from './run.ts';

/** A run as a file: what is kept of it, with columns as lists. */
const FORMAT = 'resnet-playground-run';

const step = v.pipe(v.number(), v.integer(), v.minValue(0), v.maxValue(LIMITS.steps.max));
/** JSON has no NaN: what was not measured is null there. */
const measure = v.nullable(v.pipe(v.number(), v.minValue(0), v.maxValue(1e6)));
const column = v.pipe(v.array(measure), v.maxLength(LIMITS.steps.max));
const tests = v.pipe(v.array(v.object({ step, error: measure })), v.maxLength(LIMITS.steps.max));
const name = v.pipe(v.string(), v.minLength(1), v.maxLength(60));
const device = v.nullable(
  v.looseObject({ backend: v.picklist(BACKENDS), adapter: v.string(), simd: v.exactOptional(v.picklist(SIMDS)) }),
);

const ownSchema = v.object({
  format: v.literal(FORMAT),
  version: v.literal(1),
  name: v.nullable(name),
  startedAt: v.pipe(v.number(), v.minValue(0), v.maxValue(8.64e15)),
  device,
  experiment: v.unknown(),
  lanes: v.pipe(
    v.array(v.object({ name, divergedAt: v.nullable(step), trainError: column, loss: column, testError: tests })),
    v.maxLength(LIMITS.lanes.max),
  ),
});

/** What `npm run lab` writes: one run a seed. */
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
              name,
              divergedAt: v.nullable(step),
              curves: v.object({ trainError: column, loss: column, testError: tests }),
            }),
          ),
          v.maxLength(LIMITS.lanes.max),
        ),
      }),
    ),
    v.minLength(1),
    v.maxLength(100),
  ),
});

/** A run as a JSON file that `parseRunFile` takes back. */
export function runFile({ name: called, startedAt, device: on, experiment, curves }: KeptRun): string {
  const lanes = curves.map(({ lane, errors, losses, tests: tested, divergedAt }) => ({
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
export function parseRunFile(text: string, file: string, now: number, newId: () => string): readonly KeptRun[] {
  const fail = (problem: string, cause?: unknown) =>
    new ExperimentError(`run file: ${printable(file)} ${problem}; choose one that this page or "npm run lab" saved`, {
      cause,
    });
  let json: unknown;
  try {
    json = JSON.parse(text);
  } catch (cause) {
    throw fail('is not JSON; it may be cut short', cause);
  }
  const isLab = typeof json === 'object' && json !== null && 'runs' in json;
  const check = <Schema extends v.GenericSchema>(schema: Schema): v.InferOutput<Schema> => {
    const parsed = v.safeParse(schema, json, { abortEarly: true });
    if (parsed.success) return parsed.output;
    const [issue] = parsed.issues;
    throw fail(`is wrong at ${placeOf(issue) ?? 'its beginning'} (${complaintOf(issue)})`);
  };
  if (isLab) {
    const { device: on, experiment: written, runs } = check(labSchema);
    const experiment = experimentOf(written, file);
    return runs.map(({ seed, lanes }) => {
      const curves = lanes.map(({ name: lane, divergedAt, curves: each }) => curveOf({ lane, divergedAt, ...each }));
      const own = { ...experiment, recipe: { ...experiment.recipe, seed } };
      return { id: newId(), name: null, startedAt: now, device: on, experiment: own, step: longest(curves), curves };
    });
  }
  const { name: called, startedAt, device: on, experiment, lanes } = check(ownSchema);
  const curves = lanes.map(({ name: lane, ...each }) => curveOf({ lane, ...each }));
  const parsed = experimentOf(experiment, file);
  return [{ id: newId(), name: called, startedAt, device: on, experiment: parsed, step: longest(curves), curves }];
}

function experimentOf(written: unknown, file: string) {
  try {
    return parseExperiment(written);
  } catch (error) {
    throw error instanceof ExperimentError
      ? new ExperimentError(`run file: ${printable(file)}: ${error.message}`)
      : error;
  }
}

interface Columns {
  readonly lane: string;
  readonly divergedAt: number | null;
  readonly trainError: readonly (number | null)[];
  readonly loss: readonly (number | null)[];
  readonly testError: readonly { readonly step: number; readonly error: number | null }[];
}

function curveOf({ lane, divergedAt, trainError, loss, testError }: Columns): KeptCurve {
  const measured = testError.flatMap(({ step: at, error }) => (error === null ? [] : [{ lane, step: at, error }]));
  const numbers = (values: readonly (number | null)[]) => Float32Array.from(values, (value) => value ?? Number.NaN);
  return { lane, divergedAt, errors: numbers(trainError), losses: numbers(loss), tests: measured };
}

function longest(curves: readonly KeptCurve[]): number {
  return Math.max(0, ...curves.map(({ errors }) => errors.length));
}
