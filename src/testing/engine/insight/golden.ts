import * as v from 'valibot';
import type { Parameter } from '../../../core/net/operation-facts.ts';
import { forward } from '../../../engine/graph/forward.ts';
import { withFixedStatistics } from '../../../engine/insight/calibration.ts';
import { lesioned } from '../../../engine/insight/lesions/lesioned.ts';
import { AT_ONCE, inScope } from '../../../engine/insight/measurement.ts';
import { probeBranches } from '../../../engine/insight/probes/branches.ts';
import { probeCorrelation } from '../../../engine/insight/probes/correlation.ts';
import { probeGradients } from '../../../engine/insight/probes/gradients.ts';
import { probePaths } from '../../../engine/insight/probes/paths.ts';
import { probeResponses } from '../../../engine/insight/probes/responses.ts';
import { derivativesAlong } from '../../../engine/insight/probes/shattering.ts';
import { makeSubject, type Subject } from '../../../engine/insight/subject.ts';
import { disposeBatch, upload } from '../../../engine/training/device-batch.ts';
import { Model } from '../../../engine/training/model.ts';
import { initialValues } from '../../../engine/weights/initial.ts';
import { type Check, largestDifference } from '../check.ts';
import { goldenNetSchema, read } from '../golden.ts';
import { goldenData } from './golden-data.ts';

const byLayer = v.record(v.string(), v.number());
const block = v.number();

/** A trained net looked into by PyTorch in float64; scripts/goldens_insight.py explains the fields. */
export const insightGoldenSchema = v.object({
  net: goldenNetSchema,
  size: v.number(),
  classes: v.number(),
  batch: v.number(),
  seed: v.number(),
  steps: v.number(),
  recipe: v.object({ learningRate: v.number(), momentum: v.number(), weightDecay: v.number() }),
  gradients: byLayer,
  total: v.number(),
  cosines: byLayer,
  responses: byLayer,
  branches: v.array(v.object({ ratio: v.number(), negative: v.number(), weight: v.number() })),
  lesions: v.array(
    v.object({
      lesion: v.variant('kind', [
        v.object({ kind: v.picklist(['branch', 'shortcut', 'reset']), block }),
        v.object({ kind: v.literal('swap'), block, other: v.number() }),
      ]),
      logits: v.array(v.array(v.number())),
    }),
  ),
  paths: v.object({
    lengths: v.array(v.object({ length: v.number(), norms: v.array(v.number()) })),
    whole: v.number(),
  }),
  derivatives: v.array(v.number()),
});
export type InsightGolden = v.InferOutput<typeof insightGoldenSchema>;

/** Relative error of float32 sums over thousands of numbers. */
const TOLERANCE = 3e-4;

/** Where scripts/goldens_insight.py took its derivatives. */
const POINTS = [0, 0.25, 0.5, 0.75, 1];

/** Trains the golden's net on the current backend, and compares everything that was found in it. */
export function checkInsight(golden: InsightGolden): Promise<readonly Check[]> {
  return inScope(async (scope) => {
    const subject = await trained(golden);
    scope.own(subject.weights);
    const checks: Check[] = [];
    const compare = (what: string, ours: ArrayLike<number>, reference: ArrayLike<number>) =>
      checks.push({ what, difference: largestDifference(ours, reference), tolerance: TOLERANCE });
    const compareLayers = (what: string, ours: readonly (readonly [string, number])[], by: Record<string, number>) => {
      const [names, values] = [Object.keys(by), new Map(ours)];
      checks.push({ what: `layers of ${what}`, difference: Math.abs(names.length - ours.length), tolerance: 0 });
      for (const name of names)
        compare(`${what} of ${name}`, [values.get(name) ?? Number.NaN], [by[name] ?? Number.NaN]);
    };

    const gradients = await probeGradients(subject);
    compareLayers(
      'gradient',
      gradients.layers.map(({ layer, norm }) => [layer, norm]),
      golden.gradients,
    );
    compare('total', [gradients.total], [golden.total]);
    const correlation = await probeCorrelation(subject, { name: 'correlation', batches: 2 }, AT_ONCE);
    compareLayers(
      'cosine',
      correlation.layers.map(({ layer, cosine }) => [layer, cosine]),
      golden.cosines,
    );
    const responses = await probeResponses(subject);
    compareLayers(
      'response',
      responses.layers.map(({ layer, deviation }) => [layer, deviation]),
      golden.responses,
    );
    const { blocks } = await probeBranches(subject);
    for (const fact of ['ratio', 'negative', 'weight'] as const) {
      const [ours, reference] = [blocks, golden.branches].map((facts) => facts.map((each) => each[fact]));
      compare(fact, ours ?? [], reference ?? []);
    }
    // PyTorch's norms are of all convolutions of a branch together.
    const weightsOf = (nth: number) =>
      gradients.layers.filter(({ block }) => block === nth).map(({ weight }) => weight);
    compare(
      'weights of the layers',
      golden.branches.map((_, index) => Math.hypot(...weightsOf(index + 1))),
      golden.branches.map(({ weight }) => weight),
    );
    for (const { lesion, logits } of golden.lesions) {
      compare(JSON.stringify(lesion), await logitsUnder(subject, lesion), logits.flat());
    }
    const paths = await probePaths(subject, { name: 'paths', samples: 64, seed: 1 }, AT_ONCE);
    const means = golden.paths.lengths.map(({ norms }) => norms.reduce((sum, norm) => sum + norm / norms.length, 0));
    compare(
      'path lengths',
      paths.lengths.map(({ length }) => length),
      golden.paths.lengths.map(({ length }) => length),
    );
    compare(
      'paths',
      paths.lengths.map(({ count }) => count),
      golden.paths.lengths.map(({ norms }) => norms.length),
    );
    compare(
      'gradient of a path',
      paths.lengths.map(({ perPath }) => perPath),
      means,
    );
    compare('gradient of all paths', [paths.gradient], [golden.paths.whole]);
    compare('derivatives', await derivatives(subject), golden.derivatives);
    return checks;
  });
}

async function trained({ net, size, classes, batch, seed, steps, recipe }: InsightGolden): Promise<Subject> {
  const data = goldenData({ size, classes, batch, steps });
  const model = new Model(net, size, classes, seed);
  const rates = { rate: recipe.learningRate, momentum: recipe.momentum, decay: recipe.weightDecay };
  const images = upload(data.batch(steps), size, classes);
  for (let step = 0; step < steps; step++) model.step(images, rates).dispose();
  disposeBatch(images);
  const [stateTensors, { gains }] = [model.stateTensors(), model];
  const initial = (parameter: Parameter) => initialValues(parameter, seed);
  const subject = makeSubject({ lane: 'golden', step: steps, net, data, initial, stateTensors, gains });
  model.dispose();
  return subject;
}

function logitsUnder(subject: Subject, lesion: Parameters<typeof lesioned>[2]): Promise<ArrayLike<number>> {
  return inScope(async (scope) => {
    const { program, weights, data, step } = subject;
    const batch = upload(data.batch(step), data.size, data.classes);
    const damaged = lesioned(subject, weights, lesion, scope);
    const { values, statistics } = forward(program, damaged, batch.images, 'batch', false);
    statistics.dispose();
    disposeBatch(batch);
    return read(values.get(program.output, 2));
  });
}

function derivatives(subject: Subject): Promise<ArrayLike<number>> {
  return inScope(async (scope) => {
    const { program, data, step } = subject;
    const { images, labels } = data.batch(step);
    const pixels = data.size * data.size * 3;
    const line = { start: images.subarray(0, pixels), end: images.subarray(pixels, 2 * pixels) };
    const fixed = withFixedStatistics(subject, scope);
    return read(derivativesAlong(line, POINTS, labels[0] ?? 0, program, fixed));
  });
}
