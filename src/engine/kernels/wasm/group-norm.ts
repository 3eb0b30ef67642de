import type { NamedAttrMap } from '@tensorflow/tfjs-core';
import { GROUP_NORM, GROUP_NORM_BACKWARD } from '../../ops/group-norm.ts';
import { type Inputs, numeric, required, shape4D } from '../registry.ts';
import { endOf, type Heap, scalarOf, wasmKernel } from './heap.ts';

/** What both passes tell the kernel: a unit of work is an image, see assembly/group-norm.ts. */
function jobOf(heap: Heap, inputs: Inputs, attrs: NamedAttrMap) {
  const x = required(inputs, 'x');
  const [images, height, width, channels] = shape4D(x.shape);
  const padded = Math.ceil(channels / 4) * 4;
  const sizes = [images * 2 * padded, images * 2 * padded, images * 3 * padded];
  const [statistics = 0, parts = 0, factors = 0] = heap.scratch(...sizes);
  return {
    x: heap.pointer(x),
    statistics,
    parts,
    factors,
    scale: heap.pointer(required(inputs, 'scale')),
    statisticsStride: 4 * 2 * padded,
    factorsStride: 4 * 3 * padded,
    rows: images * height * width,
    unitRows: height * width,
    channels,
    groups: numeric(attrs, 'groups'),
    gain: scalarOf(heap, inputs.gain),
    ...endOf(attrs),
    epsilon: numeric(attrs, 'epsilon'),
  };
}

/** See ops/group-norm.ts, groupNorm. */
export const wasmGroupNormKernel = wasmKernel(GROUP_NORM, (heap, inputs, attrs) => {
  const y = heap.make(required(inputs, 'x').shape);
  const addresses = { y: heap.pointer(y), shortcut: heap.pointer(inputs.shortcut) };
  heap.run('runNormForward', {
    ...jobOf(heap, inputs, attrs),
    ...addresses,
    shift: heap.pointer(required(inputs, 'shift')),
  });
  return y;
});

/** See ops/group-norm.ts, groupNormBackward: outputs dx, dScale, dShift and, where there is a gain, dShortcut. */
export const wasmGroupNormBackwardKernel = wasmKernel(GROUP_NORM_BACKWARD, (heap, inputs, attrs) => {
  const { shape } = required(inputs, 'x');
  const [dx, dScale, dShift] = [heap.make(shape), heap.make([shape[3] ?? 1]), heap.make([shape[3] ?? 1])];
  const dShortcut = inputs.gain && heap.make(shape);
  heap.run('runNormBackward', {
    ...jobOf(heap, inputs, attrs),
    y: heap.pointer(required(inputs, 'y')),
    dy: heap.pointer(required(inputs, 'dy')),
    dx: heap.pointer(dx),
    dShortcut: heap.pointer(dShortcut),
    dScale: heap.pointer(dScale),
    dShift: heap.pointer(dShift),
    addend: 0,
    addendGain: 0,
  });
  return dShortcut === undefined ? [dx, dScale, dShift] : [dx, dScale, dShift, dShortcut];
});
