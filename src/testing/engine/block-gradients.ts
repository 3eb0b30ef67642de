import { type Rank, reshape, tensor } from '@tensorflow/tfjs-core';
import { sizeOf } from '../../core/net/node.ts';
import { Random } from '../../data/batches/random.ts';
import { scaledSum, scaledSumGradient } from '../../engine/ops/tensors/scaled-sum.ts';
import { wholeGradient } from '../../engine/ops/tensors/updates.ts';
import type { Check } from './check.ts';
import { CURVED, checkGradient } from './finite-differences.ts';

/** Compares the gradients of the operations of blocks other than He et al.'s with finite differences. */
export async function checkBlockGradients(): Promise<readonly Check[]> {
  const checks: Check[] = [];
  for (const options of SUMS) checks.push(...(await checkScaledSum(options)));
  return checks;
}

interface SumCase {
  readonly shape: readonly [number, number, number, number];
  readonly gain: number | null;
  readonly relu: boolean;
  readonly slope?: number;
}

/** With sizes that are no multiple of a vector, and more numbers than one unit of work has. */
const SUMS: readonly SumCase[] = [
  { shape: [3, 5, 5, 3], gain: null, relu: false },
  { shape: [2, 4, 4, 8], gain: 0.5, relu: false },
  { shape: [3, 3, 3, 5], gain: 0.5, relu: true },
  { shape: [1, 3, 3, 7], gain: 1, relu: true, slope: 0.25 },
  { shape: [16, 12, 12, 8], gain: 0.5, relu: true },
];

/** Values left and right of 0 and a shortcut of their sign, so that nothing crosses the ReLU's kink. */
async function checkScaledSum({ shape: [...shape], gain, relu, slope = 0 }: SumCase): Promise<readonly Check[]> {
  const what = `scaled sum ${shape.join('x')}, gain ${gain}${relu ? `, relu of slope ${slope}` : ''}`;
  const random = new Random(what);
  const signs = Array.from({ length: sizeOf(shape) }, () => (random.below(2) === 0 ? -1 : 1));
  const heaps = (nearest: number) => signs.map((sign) => sign * (nearest + random.uniform()));
  const x = tensor<Rank.R4>(heaps(1), shape);
  const shortcut = tensor<Rank.R4>(heaps(0), shape);
  const factor = tensor<Rank.R1>([0.7]);
  const weight = gain === null ? null : tensor<Rank.R0>(gain, []);
  const all = { x, shortcut, factor };
  const value = (changed: Partial<typeof all>) => {
    const at = { ...all, ...changed };
    const sum = weight === null ? null : { shortcut: at.shortcut, gain: weight };
    return scaledSum(at.x, { factor: at.factor, sum, relu, slope });
  };
  const gradients = (dy: typeof x) =>
    scaledSumGradient(dy, { y: relu ? value({}) : null, slope, gain: weight, factor, x });
  const checks = [
    await checkGradient(`${what}: by x`, random, x, {
      value: (at) => value({ x: at }),
      gradient: (dy) => gradients(dy).dx,
      precision: CURVED,
    }),
    await checkGradient(`${what}: by factor`, random, factor, {
      value: (at) => value({ factor: at }),
      gradient: (dy) => wholeGradient(gradients(dy).dFactor ?? reshape(x, [-1]), factor),
      precision: CURVED,
    }),
  ];
  if (weight !== null) {
    const check = await checkGradient(`${what}: by shortcut`, random, shortcut, {
      value: (at) => value({ shortcut: at }),
      gradient: (dy) => gradients(dy).dShortcut ?? dy,
      precision: CURVED,
    });
    checks.push(check);
  }
  for (const each of [...Object.values(all), weight]) each?.dispose();
  return checks;
}
