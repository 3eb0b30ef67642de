import { type Tensor4D, tensor4d } from '@tensorflow/tfjs-core';
import * as v from 'valibot';
import { buildGraph } from '../../../core/net/graph.ts';
import { netName } from '../../../core/net/net.ts';
import { sizeOf } from '../../../core/net/node.ts';
import { listParameters } from '../../../core/net/operation-facts.ts';
import { PAPER_WIDTH } from '../../../core/net/zoo.ts';
import { Random } from '../../../data/batches/random.ts';
import { backward } from '../../../engine/graph/backward.ts';
import { compile } from '../../../engine/graph/compile.ts';
import { forward } from '../../../engine/graph/forward.ts';
import { FrozenNet } from '../../../engine/inference/frozen-net.ts';
import type { WeightSource } from '../../../engine/inference/weight-source.ts';
import { crossEntropy } from '../../../engine/ops/tensors/loss.ts';
import { wholeGradient } from '../../../engine/ops/tensors/updates.ts';
import { disposeLabels, makeLabels } from '../../../engine/training/device-batch.ts';
import { Weights } from '../../../engine/weights/weights.ts';
import { type Check, largestDifference } from '../check.ts';
import { goldenNetSchema, read } from '../golden.ts';

/** A net's answers as scripts/goldens_family.py computed them with torchvision; its docstring explains the fields. */
export const familyGoldenSchema = v.object({
  net: goldenNetSchema,
  size: v.number(),
  classes: v.number(),
  batch: v.number(),
  logits: v.array(v.array(v.number())),
  training: v.nullable(
    v.object({
      loss: v.number(),
      gradientNorms: v.record(v.string(), v.number()),
      gradientsAlong: v.record(v.string(), v.number()),
    }),
  ),
});
export type FamilyGolden = v.InferOutput<typeof familyGoldenSchema>;

/** "ResNet-50, 64 pixels, as in PyTorch" */
export function goldenName({ net, size }: FamilyGolden): string {
  const form = 'form' in net ? `, ${net.form}` : '';
  return `${netName(net)}, width ${net.width}, ${size} pixels${form}`;
}

/** Whether the net is narrower than in its paper, which leaves every layer there: for backends that take long. */
export function isNarrow({ net }: FamilyGolden): boolean {
  return net.width < PAPER_WIDTH;
}

/** How far logits may be off, as a share of the largest. */
const LOGITS = 1e-3;
const TRAINING = 1e-3;
/**
 * How far a gradient's inner product with a direction may be off, as a share of its norm. An activation within rounding of 0
 * is on the other side of its ReLU on another backend: one of AlexNet's behind conv4 is 3e-7, which turns the gradients below
 * it by 0.003. One in another order is off by about 1.
 */
const DIRECTION = 1e-2;

/** Runs the golden's net on the current backend and compares everything that it recorded. */
export async function checkFamilyGolden(golden: FamilyGolden): Promise<readonly Check[]> {
  const { net, size, classes, batch, training } = golden;
  const frozen = await FrozenNet.load(buildGraph(net, size, classes), net.gains, GOLDEN_WEIGHTS);
  const images = goldenImages(batch, size);
  const name = goldenName(golden);
  const ours = await read(frozen.logits(images));
  const logits = { difference: largestDifference(ours, golden.logits.flat()), tolerance: LOGITS };
  const checks: Check[] = [{ what: `${name}: logits`, ...logits }];
  if (training !== null) {
    const { loss, gradients } = await differentiate(golden, images);
    checks.push({ what: `${name}: loss`, difference: Math.abs(loss - training.loss), tolerance: TRAINING });
    const largest = Math.max(...Object.values(training.gradientNorms));
    for (const [parameter, norm] of Object.entries(training.gradientNorms)) {
      const ours = gradients.get(parameter);
      const scale = Math.max(norm, 1e-3 * largest);
      const compare = (what: string, tolerance: number, number = Number.NaN, reference = Number.NaN) => {
        const difference = Math.abs(number - reference) / scale;
        checks.push({ what: `${name}: ${what} ${parameter}`, difference, tolerance });
      };
      compare('gradient of', TRAINING, ours?.norm, norm);
      compare('direction of the gradient of', DIRECTION, ours?.along, training.gradientsAlong[parameter]);
    }
  }
  images.dispose();
  frozen.dispose();
  return checks;
}

/** The golden's net with its weights, as a lane has it: nothing is folded. */
export async function looseNet({ net, size, classes }: Pick<FamilyGolden, 'net' | 'size' | 'classes'>) {
  const graph = buildGraph(net, size, classes);
  const program = compile(graph);
  const weights = new Weights(graph, program, net.gains, 1);
  const values = new Map<string, Float32Array>();
  for (const parameter of listParameters(graph)) {
    values.set(`parameter ${parameter.name}`, await GOLDEN_WEIGHTS.parameter(parameter));
    values.set(`velocity ${parameter.name}`, new Float32Array(sizeOf(parameter.shape)));
  }
  for (const [norm, { shape }] of weights.running.entries()) {
    values.set(`running ${norm}`, await GOLDEN_WEIGHTS.statistics(norm, shape[1] ?? 0));
  }
  weights.restore(values);
  return { program, weights };
}

/** The loss with batch statistics, and each parameter's gradient's norm and inner product with the direction of its name. */
async function differentiate(golden: FamilyGolden, images: Tensor4D) {
  const { program, weights } = await looseNet(golden);
  const labels = makeLabels(
    Int32Array.from({ length: images.shape[0] }, (_, nth) => nth % golden.classes),
    golden.classes,
  );
  const trace = forward(program, weights, images, 'batch', true);
  const { metrics, dLogits } = crossEntropy(trace.values.get(program.output, 2), labels);
  const gradients = backward(program, weights, trace, dLogits);
  trace.statistics.dispose();
  disposeLabels(labels);
  const measured = new Map<string, { readonly norm: number; readonly along: number }>();
  for (const [name, gradient] of gradients.entries()) {
    const parameter = weights.parameters.find(name);
    if (parameter === undefined) throw new Error(`parameter: no ${name}`);
    const values = Array.from(await read(wholeGradient(gradient, parameter)));
    const direction = uniforms(`direction/${name}`, values.length, -1, 1);
    const norm = Math.sqrt(values.reduce((sum, value) => sum + value ** 2, 0));
    measured.set(name, { norm, along: values.reduce((sum, value, at) => sum + value * (direction[at] ?? 0), 0) });
  }
  gradients.dispose();
  weights.dispose();
  const [loss = Number.NaN] = Array.from(await read(metrics));
  return { loss, gradients: measured };
}

/** The weights that the script made, from streams named after what they are. */
export const GOLDEN_WEIGHTS: WeightSource = {
  parameter: ({ name, shape, initial }) => {
    if (initial.type !== 'constant') {
      const bound = Math.sqrt(6 / initial.fanIn);
      return uniforms(name, sizeOf(shape), -bound, bound);
    }
    return initial.value === 1 ? uniforms(name, sizeOf(shape), 0.5, 1.5) : uniforms(name, sizeOf(shape), -0.1, 0.1);
  },
  statistics: (norm, channels) => {
    const values = new Float32Array(2 * channels);
    values.set(uniforms(`${norm}.mean`, channels, -0.1, 0.1));
    values.set(uniforms(`${norm}.variance`, channels, 0.5, 1.5), channels);
    return values;
  },
};

/** Those of scripts/goldens_family.py. */
export function goldenImages(batch: number, size: number): Tensor4D {
  const shape: Tensor4D['shape'] = [batch, size, size, 3];
  return tensor4d(uniforms('images', sizeOf(shape), -2, 2), shape);
}

function uniforms(name: string, count: number, from: number, to: number): Float32Array {
  const random = new Random(`family/${name}`);
  const values = new Float32Array(count);
  for (let nth = 0; nth < count; nth++) values[nth] = from + (to - from) * random.uniform();
  return values;
}
