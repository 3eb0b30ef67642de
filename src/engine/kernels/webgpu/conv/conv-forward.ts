import type { NamedAttrMap, TensorInfo } from '@tensorflow/tfjs-core';
import { CONV } from '../../../ops/tensors/conv2d.ts';
import { type Inputs, numeric, paddingOf, required } from '../../registry.ts';
import { eachItem, makePartition, type Partition, placeInPartition } from '../channel-sums.ts';
import { beginMoments, endMoments, partsShape, sharedMoments, takeMoment } from '../norm/moments.ts';
import { type ArrayOf, arrayOf, run, webGpuKernel } from '../shader.ts';
import { component, lanesOf, rectified, repeat, type VectorLanes, vector } from '../wgsl.ts';
import { type ConvGeometry, convGeometry, pixelsPerThread } from './conv-geometry.ts';

/**
 * See ops/tensors/conv2d.ts, conv, and epilogue.ts: outputs y and, if `moments` is set, the partial moments of its
 * channels (see moments.ts). An implicit matrix product in registers: a thread computes some neighbouring pixels of a
 * row times a group of channels.
 */
export const webgpuConvKernel = webGpuKernel(CONV, (backend, inputs, attrs) => {
  const [x, weight] = [required(inputs, 'x'), required(inputs, 'weight')];
  const geometry = convGeometry(x.shape, weight.shape, numeric(attrs, 'stride'), paddingOf(attrs));
  const { batch, outHeight, outWidth, from, to } = geometry;
  const pixels = pixelsPerThread(outWidth, backend.tuning.convPixels);
  const all = batch * outHeight * outWidth;
  const partition = makePartition(backend.tuning, to, all, all / pixels);
  const y = backend.make([batch, outHeight, outWidth, to]);
  const parts = attrs.moments === true ? backend.make(partsShape(partition.parts, to)) : null;
  const type = vector(partition.lanes);
  const writes = { y: arrayOf(type, y), ...(parts === null ? {} : { parts: arrayOf(type, parts) }) };
  const inLanes = lanesOf(from);
  run(backend, {
    name: 'conv',
    reads: { x: arrayOf(vector(inLanes), x), weight: arrayOf(type, weight), ...endReads(inputs, type) },
    writes,
    workgroup: partition.workgroup,
    grid: partition.grid,
    declarations: parts === null ? '' : sharedMoments(partition),
    body: `${placeInPartition(partition)}
  ${parts === null ? '' : beginMoments(partition)}
  ${eachItem(partition, pixelRow(geometry, partition, pixels, inLanes, endOf(inputs, attrs, type), parts !== null))}
  ${parts === null ? '' : endMoments(partition)}`,
  });
  const outputs: TensorInfo[] = parts === null ? [y] : [y, parts];
  return outputs;
});

/** The buffers that the epilogue of a convolution reads: bias, shortcut and gain, where there are any. */
function endReads({ bias, shortcut, gain }: Inputs, type: string): Readonly<Record<string, ArrayOf>> {
  return {
    ...(bias === undefined ? {} : { bias: arrayOf(type, bias) }),
    ...(shortcut === undefined || gain === undefined
      ? {}
      : { shortcut: arrayOf(type, shortcut), gain: arrayOf('f32', gain) }),
  };
}

/**
 * WGSL of a convolution's prologue and epilogue: declarations, and what is done to each sum before it is stored in y.
 */
interface End {
  readonly start: string;
  readonly finish: (sum: string, at: string) => string;
}

function endOf({ bias, gain }: Inputs, attrs: NamedAttrMap, type: string): End {
  return {
    start: bias === undefined ? `${type}()` : 'bias[c]',
    finish: (sum, at) => {
      // A gain of 0 adds nothing, not even NaN.
      const add = gain === undefined ? '' : `if (gain[0] != 0.0) { ${sum} += gain[0] * shortcut[${at}]; }`;
      return `${add} ${attrs.relu === true ? `${sum} = ${rectified(sum, type, numeric(attrs, 'slope'))};` : ''}`;
    },
  };
}

/** WGSL of one item: the convolution at `pixels` neighbours in a row. */
function pixelRow(
  g: ConvGeometry,
  partition: Partition,
  pixels: number,
  inLanes: VectorLanes,
  { start, finish }: End,
  withMoments: boolean,
): string {
  const perRow = g.outWidth / pixels;
  return `let column = (item % ${perRow}) * ${pixels};
  let line = item / ${perRow};
  let outRow = line % ${g.outHeight};
  let image = line / ${g.outHeight};
  let leftmost = column * ${g.stride} - ${g.left};
  ${repeat(pixels, (pixel) => `var sum${pixel} = ${start};`)}
  for (var kh = 0; kh < ${g.kernelHeight}; kh++) {
    let h = outRow * ${g.stride} + kh - ${g.top};
    if (h < 0 || h >= ${g.height}) { continue; }
    let start = (image * ${g.height} + h) * ${g.width};
    for (var i = 0; i < ${g.from / inLanes}; i++) {
      ${repeat((pixels - 1) * g.stride + g.kernelWidth, (nth) => loadColumn(g, pixels, inLanes, nth))}
      let tap = (kh * ${g.kernelWidth * g.from} + i * ${inLanes}) * ${partition.groups} + c;
      ${repeat(g.kernelWidth, (kw) => repeat(inLanes, (nth) => multiply(g, partition, pixels, inLanes, kw, nth)))}
    }
  }
  let to = (line * ${g.outWidth} + column) * ${partition.groups} + c;
  ${repeat(pixels, (pixel) => finish(`sum${pixel}`, `to + ${pixel * partition.groups}`))}
  ${repeat(pixels, (pixel) => `y[to + ${pixel * partition.groups}] = sum${pixel};`)}
  ${withMoments ? repeat(pixels, (pixel) => takeMoment(`sum${pixel}`)) : ''}`;
}

/** WGSL that reads one column of x, or zeros beyond its edges. */
function loadColumn(g: ConvGeometry, pixels: number, inLanes: VectorLanes, nth: number): string {
  const groups = g.from / inLanes;
  const last = (g.outWidth - pixels) * g.stride - g.left + nth;
  if (nth >= g.left && last < g.width) return `let x${nth} = x[(start + leftmost + ${nth}) * ${groups} + i];`;
  const inside = `leftmost + ${nth} >= 0 && leftmost + ${nth} < ${g.width}`;
  const index = `(start + clamp(leftmost + ${nth}, 0, ${g.width - 1})) * ${groups} + i`;
  return `let x${nth} = select(${vector(inLanes)}(), x[${index}], ${inside});`;
}

/** WGSL that multiplies one filter value of each output channel with all pixels of the thread. */
function multiply(
  g: ConvGeometry,
  partition: Partition,
  pixels: number,
  inLanes: VectorLanes,
  kw: number,
  nth: number,
): string {
  const sums = repeat(pixels, (pixel) => `sum${pixel} += ${component(`x${pixel * g.stride + kw}`, inLanes, nth)} * w;`);
  return `{ let w = weight[tap + ${(kw * g.from + nth) * partition.groups}]; ${sums} }`;
}
