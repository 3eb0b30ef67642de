import type { TensorInfo } from '@tensorflow/tfjs-core';
import { sizeOf } from '../../../core/net/node.ts';
import { CONCAT_CHANNELS, SPLIT_CHANNELS } from '../../ops/tensors/channels.ts';
import { required } from '../registry.ts';
import { type Heap, wasmKernel } from './heap.ts';

/** Numbers per unit of work. */
const UNIT = 8192;

const channelsOf = ({ shape }: TensorInfo) => shape.at(-1) ?? 1;

/** Copies each part to its place in the whole, or, the other way, from there. */
function copy(heap: Heap, parts: readonly TensorInfo[], whole: TensorInfo, way: 'concat' | 'split'): void {
  const all = channelsOf(whole);
  const rows = sizeOf(whole.shape) / all;
  let first = 0;
  for (const part of parts) {
    const channels = channelsOf(part);
    const own = { at: heap.pointer(part), step: 4 * channels };
    const full = { at: heap.pointer(whole) + 4 * first, step: 4 * all };
    const [from, to] = way === 'concat' ? [own, full] : [full, own];
    const unitRows = Math.max(1, Math.floor(UNIT / channels));
    const steps = { fromStep: from.step, toStep: to.step };
    heap.run('runCopyChannels', { from: from.at, to: to.at, rows, unitRows, bytes: 4 * channels, ...steps });
    first += channels;
  }
}

/** See ops/tensors/channels.ts, concatChannels. */
export const wasmConcatChannelsKernel = wasmKernel(CONCAT_CHANNELS, (heap, inputs) => {
  const parts = Object.keys(inputs).flatMap((name) => (name === 'place' ? [] : [required(inputs, name)]));
  const sides = required(inputs, 'x0').shape.slice(0, -1);
  const whole = heap.make([...sides, parts.reduce((sum, part) => sum + channelsOf(part), 0)]);
  copy(heap, parts, whole, 'concat');
  return whole;
});

/** See ops/tensors/channels.ts, splitChannels. */
export const wasmSplitChannelsKernel = wasmKernel(SPLIT_CHANNELS, (heap, inputs, { channels }) => {
  const x = required(inputs, 'x');
  const sides = x.shape.slice(0, -1);
  const parts = Array.isArray(channels) ? channels.map((size) => heap.make([...sides, Number(size)])) : [];
  copy(heap, parts, x, 'split');
  return parts;
});
