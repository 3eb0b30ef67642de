import { tensor4d } from '@tensorflow/tfjs-core';
import * as v from 'valibot';
import { pretrainedOf } from '../../../core/data/pretrained.ts';
import { buildGraph } from '../../../core/net/graph.ts';
import { IMAGENET } from '../../../core/net/zoo.ts';
import { Random } from '../../../data/batches/random.ts';
import { centreCrop, writeNormalised } from '../../../data/imagenet-input.ts';
import type { RgbImage } from '../../../data/import/resize.ts';
import { FrozenNet } from '../../../engine/inference/frozen-net.ts';
import type { Check } from '../check.ts';
import { GOLDEN_WEIGHTS } from './golden.ts';

/** A net's logits for generated photographs, as scripts/goldens_photographs.py computed them with torchvision. */
export const photographsGoldenSchema = v.object({
  name: v.string(),
  images: v.array(v.object({ classes: v.array(v.number()), logits: v.array(v.number()), sum: v.number() })),
});
export type PhotographsGolden = v.InferOutput<typeof photographsGoldenSchema>;

/**
 * How far a logit may be off, as a share of the image's largest. Three of a hundred thousand values differ from Pillow's by
 * 1 of 255, since it resizes with whole numbers. On the very same pixels the first four photographs come within 6e-7 with
 * ResNet-18 and 5e-6 with VGG-19, which has no norms and makes five times as much of a pixel.
 */
const TOLERANCE = 2e-3;

const TILES = 6;

/** Photograph of this number, as the script generates it: tiles of random colours under a diagonal gradient. */
function photograph(number: number): RgbImage {
  const [width, height] = [180 + ((37 * number) % 150), 170 + ((53 * number) % 160)];
  const random = new Random(`family/photograph/${number}`);
  const tiles = Array.from({ length: TILES * TILES * 3 }, () => Math.floor(256 * random.uniform()));
  const data = Uint8Array.from({ length: width * height * 3 }, (_, at) => {
    const [pixel, channel] = [Math.floor(at / 3), at % 3];
    const [x, y] = [pixel % width, Math.floor(pixel / width)];
    const tile = Math.floor((TILES * y) / height) * TILES + Math.floor((TILES * x) / width);
    return ((tiles[3 * tile + channel] ?? 0) + ((3 * x + 5 * y) % 48)) % 256;
  });
  return { width, height, data };
}

/** Runs a net on the first `count` photographs, `batch` at once, on the current backend, and compares their logits. */
export async function checkPhotographs(
  { name, images }: PhotographsGolden,
  count: number,
  batch: number,
): Promise<readonly Check[]> {
  const { net, input } = pretrainedOf(name);
  const frozen = await FrozenNet.load(buildGraph(net, input.crop, IMAGENET.classes), net.gains, GOLDEN_WEIGHTS);
  const size = input.crop * input.crop * 3;
  const checks: Check[] = [];
  for (let first = 0; first < count; first += batch) {
    const wanted = images.slice(first, Math.min(count, first + batch));
    const values = new Float32Array(wanted.length * size);
    for (const nth of wanted.keys()) {
      const crop = centreCrop(photograph(first + nth), input.shorter, input.crop);
      writeNormalised(crop, input, values.subarray(nth * size, (nth + 1) * size));
    }
    const numbers = tensor4d(values, [wanted.length, input.crop, input.crop, 3]);
    const logits = frozen.logits(numbers);
    const all = await logits.data();
    numbers.dispose();
    logits.dispose();
    for (const [nth, golden] of wanted.entries()) {
      const own = all.subarray(nth * IMAGENET.classes, (nth + 1) * IMAGENET.classes);
      const what = `${name}, photograph ${first + nth}`;
      checks.push({ what, difference: differenceFrom(golden, own), tolerance: TOLERANCE });
    }
  }
  frozen.dispose();
  return checks;
}

/** The largest difference of the recorded logits, and of the alternating sum of all, as a share of the largest logit. */
function differenceFrom({ classes, logits, sum }: PhotographsGolden['images'][number], own: ArrayLike<number>): number {
  let ownSum = 0;
  for (let index = 0; index < own.length; index++) ownSum += ((own[index] ?? 0) * (index % 2 === 0 ? 1 : -1)) / 10;
  const differences = classes.map((index, nth) => Math.abs((own[index] ?? Number.NaN) - (logits[nth] ?? 0)));
  const largest = Math.max(...logits.map(Math.abs));
  return Math.max(...differences, Math.abs(ownSum - sum)) / largest;
}
