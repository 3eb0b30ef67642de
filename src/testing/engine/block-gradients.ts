import { type Rank, reshape, tensor } from '@tensorflow/tfjs-core';
import { sizeOf } from '../../core/net/node.ts';
import { Random } from '../../data/batches/random.ts';
import { gate, gateGradient } from '../../engine/ops/gate.ts';
import { groupNorm, groupNormBackward } from '../../engine/ops/group-norm.ts';
import { scaledSum, scaledSumGradient } from '../../engine/ops/tensors/scaled-sum.ts';
import { wholeGradient } from '../../engine/ops/tensors/updates.ts';
import type { Check } from './check.ts';
import { CURVED, checkGradient, normals } from './finite-differences.ts';

/** Compares the gradients of the operations of blocks other than He et al.'s with finite differences. */
export async function checkBlockGradients(): Promise<readonly Check[]> {
  const checks: Check[] = [];
  for (const options of SUMS) checks.push(...(await checkScaledSum(options)));
  for (const gain of [null, 0.5]) checks.push(...(await checkGate(gain)));
  for (const options of GROUP_NORMS) checks.push(...(await checkGroupNorm(options)));
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

async function checkGate(gain: number | null): Promise<readonly Check[]> {
  const what = `gate, gain ${gain}`;
  const random = new Random(what);
  const shape: [number, number, number, number] = [3, 5, 5, 3];
  const all = {
    f: normals<Rank.R4>(shape, random),
    t: normals<Rank.R4>(shape, random),
    s: normals<Rank.R4>(shape, random),
  };
  const weight = gain === null ? null : tensor<Rank.R0>(gain, []);
  const inputs = ({ f, t, s }: typeof all) => ({ f, t, sum: weight === null ? null : { shortcut: s, gain: weight } });
  const checks: Check[] = [];
  for (const name of weight === null ? (['f', 't'] as const) : (['f', 't', 's'] as const)) {
    const check = await checkGradient(`${what}: by ${name}`, random, all[name], {
      value: (at) => gate(inputs({ ...all, [name]: at })),
      gradient: (dy) => gateGradient(dy, inputs(all))[`d${name}`] ?? dy,
      precision: CURVED,
    });
    checks.push(check);
  }
  for (const each of [...Object.values(all), weight]) each?.dispose();
  return checks;
}

interface GroupNormCase {
  readonly shape: readonly [number, number, number, number];
  readonly groups: number;
  readonly gain: number | null;
  readonly relu: boolean;
}

const GROUP_NORMS: readonly GroupNormCase[] = [
  { shape: [3, 4, 4, 8], groups: 2, gain: null, relu: false },
  { shape: [2, 5, 5, 6], groups: 3, gain: 0.5, relu: true },
  { shape: [4, 3, 3, 16], groups: 4, gain: 1, relu: true },
  { shape: [2, 6, 6, 5], groups: 1, gain: null, relu: true },
];

/** Values in two heaps left and right of 0, as for the batch norm. */
async function checkGroupNorm({ shape: [...shape], groups, gain, relu }: GroupNormCase): Promise<readonly Check[]> {
  const what = `group norm ${shape.join('x')} in ${groups}, gain ${gain}${relu ? ', relu' : ''}`;
  const random = new Random(what);
  const signs = Array.from({ length: sizeOf(shape) }, () => (random.below(2) === 0 ? -1 : 1));
  const heaps = (nearest: number) => signs.map((sign) => sign * (nearest + random.uniform()));
  const uniforms = (least: number, range: number) =>
    tensor<Rank.R1>(Array.from({ length: shape[3] }, () => least + range * random.uniform()));
  const all = {
    ...{ x: tensor<Rank.R4>(heaps(1.5), shape), shortcut: tensor<Rank.R4>(heaps(0), shape) },
    ...{ scale: uniforms(0.8, 0.5), shift: uniforms(-0.1, 0.2) },
  };
  const weight = gain === null ? null : tensor<Rank.R0>(gain, []);
  const value = (changed: Partial<typeof all>) => {
    const { x, shortcut, scale, shift } = { ...all, ...changed };
    return groupNorm(x, groups, { scale, shift, sum: weight === null ? null : { shortcut, gain: weight }, relu });
  };
  const gradients = (dy: typeof all.x) =>
    groupNormBackward(dy, all.x, relu ? value({}) : null, groups, { scale: all.scale, gain: weight });
  const checks = [
    await checkGradient(`${what}: by x`, random, all.x, {
      value: (x) => value({ x }),
      gradient: (dy) => gradients(dy).dx,
      precision: CURVED,
    }),
    await checkGradient(`${what}: by scale`, random, all.scale, {
      value: (scale) => value({ scale }),
      gradient: (dy) => wholeGradient(gradients(dy).dScale, all.scale),
      precision: CURVED,
    }),
    await checkGradient(`${what}: by shift`, random, all.shift, {
      value: (shift) => value({ shift }),
      gradient: (dy) => wholeGradient(gradients(dy).dShift, all.shift),
      precision: CURVED,
    }),
  ];
  if (weight !== null) {
    const check = await checkGradient(`${what}: by shortcut`, random, all.shortcut, {
      value: (shortcut) => value({ shortcut }),
      gradient: (dy) => gradients(dy).dShortcut ?? dy,
      precision: CURVED,
    });
    checks.push(check);
  }
  for (const each of [...Object.values(all), weight]) each?.dispose();
  return checks;
}
