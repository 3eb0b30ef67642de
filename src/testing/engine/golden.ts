import { type Tensor, tensor4d } from '@tensorflow/tfjs-core';
import * as v from 'valibot';
import type { GainChange } from '../../core/experiment/experiment.ts';
import { parseExperiment } from '../../core/experiment/parse/parse.ts';
import { buildGraph } from '../../core/net/graph.ts';
import type { NetSpec } from '../../core/net/net.ts';
import { Random } from '../../data/batches/random.ts';
import { differentiate } from '../../engine/graph/backward.ts';
import { compile } from '../../engine/graph/compile.ts';
import { disposeLabels, makeLabels } from '../../engine/training/device-batch.ts';
import { Model } from '../../engine/training/model.ts';
import { readTensors } from '../../engine/weights/readback.ts';
import { Weights } from '../../engine/weights/weights.ts';
import { type Check, largestDifference } from './check.ts';

/** A `NetSpec` as the scripts in Python write it: the JSON of a link. */
export const goldenNetSchema = v.pipe(
  v.unknown(),
  v.transform((json): NetSpec => {
    const [lane] = parseExperiment({ lanes: [{ net: json }] }).lanes;
    if (lane === undefined) throw new Error('golden: no net');
    return lane.net;
  }),
);

/** A net's answers as scripts/goldens.py computed them with PyTorch in float64; its docstring explains the fields. */
export const goldenSchema = v.object({
  net: goldenNetSchema,
  size: v.number(),
  classes: v.number(),
  batch: v.number(),
  seed: v.number(),
  recipe: v.object({ learningRate: v.number(), momentum: v.number(), weightDecay: v.number() }),
  surgery: v.array(v.object({ step: v.number(), block: v.number(), gain: v.number() })),
  logits: v.array(v.array(v.number())),
  loss: v.number(),
  errors: v.number(),
  gradients: v.record(v.string(), v.string()),
  losses: v.array(v.number()),
  evaluationLogits: v.array(v.array(v.number())),
  final: v.optional(v.record(v.string(), v.string())),
});
export type Golden = v.InferOutput<typeof goldenSchema>;

/** What a golden's net is trained on, without the answers. */
export interface Task {
  readonly net: NetSpec;
  readonly size: number;
  readonly classes: number;
  readonly batch: number;
  readonly seed: number;
  readonly recipe: { readonly learningRate: number; readonly momentum: number; readonly weightDecay: number };
  readonly surgery: readonly Pick<GainChange, 'step' | 'block' | 'gain'>[];
}

/**
 * The shape and the width that most goldens have. WebGPU compiles shaders for each shape, which takes most of the time of
 * the checks on an adapter in software: a check that takes these finds them compiled.
 */
export const GOLDEN_SHAPE = { size: 8, classes: 4, batch: 6 } as const;
export const GOLDEN_WIDTH = 4;

const TOLERANCE = 1e-4;

/** Runs the golden's net on the current backend and compares everything that it recorded. */
export async function checkGolden(golden: Golden): Promise<readonly Check[]> {
  const { size, classes, seed } = golden;
  const batch = goldenBatch(golden);
  const model = new Model(golden.net, size, classes, seed);
  const checks: Check[] = [];
  const compare = (what: string, ours: ArrayLike<number>, reference: ArrayLike<number>) => {
    checks.push({ what, difference: largestDifference(ours, reference), tolerance: TOLERANCE });
  };

  compare('logits', await read(model.logits(batch.images, 'batch')), golden.logits.flat());
  const graph = buildGraph(golden.net, size, classes);
  const program = compile(graph);
  const weights = new Weights(graph, program, golden.net.gains, seed);
  const { gradients, metrics } = differentiate(program, weights, batch);
  const { 0: loss = Number.NaN, 1: wrong = Number.NaN } = await read(metrics);
  compare('loss', [loss], [golden.loss]);
  compare('errors', [Math.round(wrong * golden.batch)], [golden.errors]);
  for (const [name, reference] of Object.entries(golden.gradients)) {
    const gradient = gradients.find(name);
    // A parameter that nothing depends on has no gradient here, and zeros there.
    const ours = gradient === undefined ? new Float32Array(decode(reference).length) : await gradient.data();
    compare(`gradient of ${name}`, ours, decode(reference));
  }
  gradients.dispose();

  weights.dispose();
  model.dispose();
  batch.images.dispose();
  disposeLabels(batch.labels);

  const { losses, logits, state } = await trainGolden(golden, golden.losses.length);
  compare('losses', losses, golden.losses);
  compare('logits in evaluation', logits, golden.evaluationLogits.flat());
  for (const [name, reference] of Object.entries(golden.final ?? {})) {
    compare(`${name} at last`, state.get(`parameter ${name}`) ?? [], decode(reference));
  }
  return checks;
}

/** Trains the net of a golden on its one batch: the loss before each step, and the logits in evaluation and the state at the end. */
export async function trainGolden(
  { net, size, classes, batch: count, seed, recipe, surgery }: Task,
  steps: number,
): Promise<{
  readonly losses: readonly number[];
  readonly logits: ArrayLike<number>;
  readonly state: ReadonlyMap<string, Float32Array>;
}> {
  const batch = goldenBatch({ batch: count, size, classes });
  const rates = { rate: recipe.learningRate, momentum: recipe.momentum, decay: recipe.weightDecay };
  const model = new Model(net, size, classes, seed);
  const losses: number[] = [];
  for (let step = 0; step < steps; step++) {
    for (const change of surgery) if (change.step === step) model.setGain(change.block, change.gain);
    losses.push((await read(model.step({ ...batch, step }, rates)))[0] ?? Number.NaN);
  }
  const logits = await read(model.logits(batch.images, 'running'));
  const state = await readTensors(model.stateTensors());
  model.dispose();
  batch.images.dispose();
  disposeLabels(batch.labels);
  return { losses, logits, state };
}

/** The images and labels that the script made: standard normals and uniform classes from named streams. */
export function goldenBatch({ batch, size, classes }: Pick<Task, 'batch' | 'size' | 'classes'>) {
  const pixels = new Random('golden/images');
  const values: number[] = [];
  while (values.length < batch * size * size * 3) values.push(...pixels.normals());
  const labels = new Random('golden/labels');
  const images = tensor4d(values.slice(0, batch * size * size * 3), [batch, size, size, 3]);
  return {
    images,
    labels: makeLabels(
      Int32Array.from({ length: batch }, () => labels.below(classes)),
      classes,
    ),
  };
}

/** The values of a tensor, which is disposed of. */
export async function read(tensor: Tensor): Promise<ArrayLike<number>> {
  const values = await tensor.data();
  tensor.dispose();
  return values;
}

function decode(base64: string): Float32Array {
  const bytes = Uint8Array.from(atob(base64), (character) => character.charCodeAt(0));
  return new Float32Array(bytes.buffer);
}
