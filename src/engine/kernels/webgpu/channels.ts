import type { TensorInfo } from '@tensorflow/tfjs-core';
import { sizeOf } from '../../../core/net/node.ts';
import { CONCAT_CHANNELS, SPLIT_CHANNELS } from '../../ops/tensors/channels.ts';
import { required } from '../registry.ts';
import type { TrainingBackend } from './backend.ts';
import { arrayOf, outputIn, run, threads, webGpuKernel } from './shader.ts';
import { THREADS } from './tuning.ts';
import { type VectorLanes, vector } from './wgsl.ts';

/** Parts that are copied at once: with the whole they are as many buffers as every device binds. */
const PARTS = 7;

/** A part of a tensor's channels, and its first channel. */
interface Part {
  readonly tensor: TensorInfo;
  readonly channels: number;
  readonly first: number;
}

/** See ops/tensors/channels.ts, concatChannels. */
export const webgpuConcatChannelsKernel = webGpuKernel(CONCAT_CHANNELS, (backend, inputs) => {
  const count = Object.keys(inputs).filter((name) => name !== 'place' && inputs[name] !== undefined).length;
  const parts = placed(Array.from({ length: count }, (_, nth) => required(inputs, `x${nth}`)));
  const sides = required(inputs, 'x0').shape.slice(0, -1);
  const whole = outputIn(backend, inputs.place, [...sides, totalOf(parts)]);
  copy(backend, parts, whole, 'concat');
  return whole;
});

/** See ops/tensors/channels.ts, splitChannels. */
export const webgpuSplitChannelsKernel = webGpuKernel(SPLIT_CHANNELS, (backend, inputs, { channels }) => {
  const x = required(inputs, 'x');
  const sides = x.shape.slice(0, -1);
  const sizes = Array.isArray(channels) ? channels.map(Number) : [];
  const parts = placed(sizes.map((size) => backend.make([...sides, size])));
  copy(backend, parts, x, 'split');
  return parts.map(({ tensor }) => tensor);
});

function placed(tensors: readonly TensorInfo[]): readonly Part[] {
  let first = 0;
  return tensors.map((tensor) => {
    const channels = tensor.shape.at(-1) ?? 1;
    const part = { tensor, channels, first };
    first += channels;
    return part;
  });
}

const totalOf = (parts: readonly Part[]) => parts.reduce((sum, { channels }) => sum + channels, 0);

/** Copies the parts to the whole, or the whole to the parts, some parts in one dispatch. */
function copy(backend: TrainingBackend, parts: readonly Part[], whole: TensorInfo, way: 'concat' | 'split'): void {
  const all = whole.shape.at(-1) ?? 1;
  const pixels = sizeOf(whole.shape) / all;
  for (let from = 0; from < parts.length; from += PARTS) {
    const some = parts.slice(from, from + PARTS);
    const lanes = lanesOfAll(some, all);
    const type = vector(lanes);
    const own = Object.fromEntries(some.map(({ tensor }, nth) => [`part${nth}`, arrayOf(type, tensor)]));
    const full = { whole: arrayOf(type, whole) };
    const begin = some[0]?.first ?? 0;
    const width = totalOf(some) / lanes;
    const { grid, index } = threads(pixels * width, THREADS);
    const branches = some.map(({ channels, first }, nth) => {
      const start = (first - begin) / lanes;
      const place = `part${nth}[pixel * ${channels / lanes} + c - ${start}]`;
      const body = way === 'concat' ? `whole[at] = ${place};` : `${place} = whole[at];`;
      return `if (c < ${start + channels / lanes}) { ${body} }`;
    });
    run(backend, {
      name: way,
      ...(way === 'concat' ? { reads: own, writes: full } : { reads: full, writes: own }),
      workgroup: THREADS,
      grid,
      body: `${index}
  let c = index % ${width};
  let pixel = index / ${width};
  let at = pixel * ${all / lanes} + ${begin / lanes} + c;
  ${branches.join(' else ')}`,
    });
  }
}

/** The widest vector in which the parts, where they begin, and the whole can be read. */
function lanesOfAll(parts: readonly Part[], all: number): VectorLanes {
  const numbers = [all, ...parts.flatMap(({ channels, first }) => [channels, first])];
  return ([4, 2, 1] as const).find((lanes) => numbers.every((number) => number % lanes === 0)) ?? 1;
}
