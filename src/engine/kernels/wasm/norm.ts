import { sizeOf } from '../../../core/net/node.ts';
import { NORM_BACKWARD, NORM_EVALUATE, NORM_FORWARD } from '../../ops/norm.ts';
import { type Inputs, numeric, required } from '../registry.ts';
import { endOf, type Heap, scalarOf, wasmKernel } from './heap.ts';

/** Floats per unit of work: they fit into the cache. */
const UNIT = 8192;

interface NormLayout {
  readonly rows: number;
  readonly unitRows: number;
  readonly channels: number;
  /** Number of floats in `parts` and `factors`, see assembly/norm.ts. */
  readonly partsSize: number;
  readonly factorsSize: number;
}

function layoutOf(shape: readonly number[]): NormLayout {
  const channels = shape[3] ?? 1;
  const rows = sizeOf(shape.slice(0, 3));
  const unitRows = Math.max(1, Math.floor(UNIT / channels));
  const padded = Math.ceil(channels / 4) * 4;
  return { rows, unitRows, channels, partsSize: Math.ceil(rows / unitRows) * 2 * padded, factorsSize: 3 * padded };
}

/** Computes y [N, H, W, C]; measures the batch's statistics first if `measure` is true. */
function forward(
  heap: Heap,
  inputs: Inputs,
  y: number,
  statistics: number,
  measure: boolean,
  epsilon: number,
  end: { readonly relu: number; readonly slope: number },
): void {
  const x = required(inputs, 'x');
  const { rows, unitRows, channels, partsSize, factorsSize } = layoutOf(x.shape);
  const [parts = 0, factors = 0] = heap.scratch(partsSize, factorsSize);
  const scale = heap.pointer(required(inputs, 'scale'));
  const shift = heap.pointer(required(inputs, 'shift'));
  heap.run('runNormForward', {
    x: heap.pointer(x),
    y,
    shortcut: heap.pointer(inputs.shortcut),
    scale,
    shift,
    statistics,
    statisticsStride: 0,
    factorsStride: 0,
    groups: 0,
    parts: measure ? parts : 0,
    factors,
    rows,
    unitRows,
    channels,
    gain: scalarOf(heap, inputs.gain),
    relu: end.relu,
    slope: end.slope,
    epsilon,
  });
}

/** See ops/norm.ts, normForward: outputs y and statistics. */
export const wasmNormForwardKernel = wasmKernel(NORM_FORWARD, (heap, inputs, attrs) => {
  const { shape } = required(inputs, 'x');
  const y = heap.make(shape);
  const statistics = heap.make([2, shape[3] ?? 1]);
  const epsilon = numeric(attrs, 'epsilon');
  forward(heap, inputs, heap.pointer(y), heap.pointer(statistics), true, epsilon, endOf(attrs));
  return [y, statistics];
});

/** See ops/norm.ts, normEvaluate. */
export const wasmNormEvaluateKernel = wasmKernel(NORM_EVALUATE, (heap, inputs, attrs) => {
  const y = heap.make(required(inputs, 'x').shape);
  const statistics = heap.pointer(required(inputs, 'statistics'));
  forward(heap, inputs, heap.pointer(y), statistics, false, numeric(attrs, 'epsilon'), endOf(attrs));
  return y;
});

/** See ops/norm.ts, normBackward: outputs dx, dScale, dShift and, where there is a gain, dShortcut. */
export const wasmNormBackwardKernel = wasmKernel(NORM_BACKWARD, (heap, inputs, attrs) => {
  const x = required(inputs, 'x');
  const { rows, unitRows, channels, partsSize, factorsSize } = layoutOf(x.shape);
  const [dx, dScale, dShift] = [heap.make(x.shape), heap.make([channels]), heap.make([channels])];
  const dShortcut = inputs.gain === undefined ? undefined : heap.make(x.shape);
  const [parts = 0, factors = 0] = heap.scratch(partsSize, factorsSize);
  const pointer = (name: string) => heap.pointer(required(inputs, name));
  const end = endOf(attrs);
  heap.run('runNormBackward', {
    x: heap.pointer(x),
    y: pointer('y'),
    dy: pointer('dy'),
    dx: heap.pointer(dx),
    dShortcut: heap.pointer(dShortcut),
    dScale: heap.pointer(dScale),
    dShift: heap.pointer(dShift),
    addend: heap.pointer(inputs.addend),
    addendGain: inputs.addendGain === undefined ? 1 : scalarOf(heap, inputs.addendGain),
    statistics: pointer('statistics'),
    statisticsStride: 0,
    factorsStride: 0,
    groups: 0,
    scale: pointer('scale'),
    parts,
    factors,
    rows,
    unitRows,
    channels,
    gain: scalarOf(heap, inputs.gain),
    relu: end.relu,
    slope: end.slope,
    epsilon: numeric(attrs, 'epsilon'),
  });
  return dShortcut === undefined ? [dx, dScale, dShift] : [dx, dScale, dShift, dShortcut];
});
