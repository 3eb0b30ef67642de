import { CONV_FILTER_GRADIENT } from '../../../ops/tensors/conv2d.ts';
import { numeric, paddingOf, required, shape4D } from '../../registry.ts';
import {
  divide,
  eachItem,
  gatherRows,
  type Partition,
  placeInPartition,
  sharedGathering,
  storesPart,
} from '../channel-sums.ts';
import { arrayOf, outputIn, run, webGpuKernel } from '../shader.ts';
import type { Tuning } from '../tuning.ts';
import { component, lanesOf, repeat, type VectorLanes, vector } from '../wgsl.ts';
import { type ConvGeometry, convGeometry, pixelsPerThread } from './conv-geometry.ts';

/**
 * See ops/tensors/conv2d.ts, convFilterGradient: output in parts [parts, KH, KW, in, out], each over some rows of the
 * images. A thread sums one row of taps for a group of input channels times a group of output channels, some
 * neighbouring pixels at a time.
 */
export const webgpuConvFilterGradientKernel = webGpuKernel(CONV_FILTER_GRADIENT, (backend, inputs, attrs) => {
  const [x, dy] = [required(inputs, 'x'), required(inputs, 'dy')];
  const filterShape = shape4D(attrs.filterShape);
  const geometry = convGeometry(x.shape, filterShape, numeric(attrs, 'stride'), paddingOf(attrs));
  const partition = filterPartition(backend.tuning, geometry);
  const gradient = outputIn(backend, inputs.place, [partition.parts, ...filterShape]);
  run(backend, {
    name: 'conv filter gradient',
    reads: { x: arrayOf(vector(partition.readLanes), x), dy: arrayOf(vector(partition.lanes), dy) },
    writes: { gradient: arrayOf(vector(partition.lanes), gradient) },
    workgroup: partition.workgroup,
    grid: partition.grid,
    declarations: sharedGathering(partition),
    body: sumOfPart(geometry, partition),
  });
  return gradient;
});

/** The number of partial sums of a filter gradient. */
export function filterGradientParts(tuning: Tuning, geometry: ConvGeometry): number {
  return filterPartition(tuning, geometry).parts;
}

/**
 * Groups are what one thread sums: a row of taps, `perThread` input channels (read `readLanes` at once) and `lanes`
 * output channels. Items are rows of the images.
 */
interface FilterPartition extends Partition {
  readonly perThread: number;
  readonly readLanes: VectorLanes;
  /** Neighbours in a row that a thread reads together. */
  readonly pixels: number;
}

function filterPartition(tuning: Tuning, g: ConvGeometry): FilterPartition {
  const { batch, height, width, from, outHeight, outWidth, to, kernelHeight, kernelWidth } = g;
  const lanes = lanesOf(to);
  // The few channels of an image are summed by one thread, though they cannot be read at once.
  const readLanes = from < 4 ? 1 : lanesOf(from);
  const perThread = from < 4 ? from : readLanes;
  const layout = tuning.layout((kernelHeight * from * to) / (perThread * lanes), lanes);
  const rowsOfPart = layout.workgroupReduces ? layout.rows : 1;
  const numbers = batch * (height * width * from + outHeight * outWidth * to);
  const affordable = Math.floor(numbers / (2 * kernelHeight * kernelWidth * from * to));
  const wanted = Math.round(tuning.filterGradientThreads / (layout.groups * rowsOfPart));
  const items = batch * outHeight;
  const parts = Math.max(1, Math.min(wanted, affordable, Math.ceil(items / rowsOfPart)));
  const pixels = pixelsPerThread(outWidth, tuning.filterGradientPixels);
  return { ...divide(layout, items, parts), perThread, readLanes, pixels };
}

/** WGSL that sums over the thread's image rows and stores the partial gradient. */
function sumOfPart(g: ConvGeometry, partition: FilterPartition): string {
  const { perThread, lanes, pixels } = partition;
  const outGroups = g.to / lanes;
  const columns = (pixels - 1) * g.stride + g.kernelWidth;
  // Where the stride is 1 the columns that the next pixels need too slide through registers.
  const kept = g.stride === 1 ? g.kernelWidth - 1 : 0;
  const sums = g.kernelWidth * perThread;
  const tap = (nth: number) => (Math.floor(nth / perThread) * g.from + (nth % perThread)) * outGroups;
  return `${placeInPartition(partition)}
  let o = c % ${outGroups};
  let i = (c / ${outGroups}) % ${g.from / perThread};
  let kh = c / ${(outGroups * g.from) / perThread};
  ${repeat(sums, (nth) => `var sum${nth} = ${vector(lanes)}();`)}
  ${eachItem(
    partition,
    `let h = (item % ${g.outHeight}) * ${g.stride} + kh - ${g.top};
    if (h < 0 || h >= ${g.height}) { continue; }
    let start = ((item / ${g.outHeight}) * ${g.height} + h) * ${g.width};
    ${repeat(kept, (nth) => loadColumn(g, partition, 'var', nth, `${nth - g.left}`))}
    for (var column = 0; column < ${g.outWidth}; column += ${pixels}) {
      let at = (item * ${g.outWidth} + column) * ${outGroups} + o;
      ${repeat(pixels, (pixel) => `let d${pixel} = dy[at + ${pixel * outGroups}];`)}
      let leftmost = column * ${g.stride} - ${g.left};
      ${repeat(columns - kept, (nth) => loadColumn(g, partition, 'let', nth + kept, `leftmost + ${nth + kept}`))}
      ${repeat(pixels, (pixel) => repeat(sums, (nth) => addProduct(g, partition, pixel, nth)))}
      ${repeat(kept, (nth) => keepColumn(partition, nth, nth + pixels))}
    }`,
  )}
  let to = ((ownPart * ${g.kernelHeight} + kh) * ${g.kernelWidth * g.from} + i * ${perThread}) * ${outGroups} + o;
  ${gatherRows(
    partition,
    Array.from({ length: sums }, (_, nth) => `sum${nth}`),
  )}
  if (${storesPart(partition)}) {
    ${repeat(sums, (nth) => `gradient[to + ${tap(nth)}] = sum${nth};`)}
  }`;
}

/** The variables that hold a thread's channels of a column of x. */
function columnNames({ perThread, readLanes }: FilterPartition, nth: number): readonly string[] {
  return Array.from({ length: perThread / readLanes }, (_, read) => `x${nth}_${read}`);
}

/**
 * WGSL that reads the nth column of x, or zeros beyond its edges. Where it lies is written once for all its channels:
 * SwiftShader took a minute to compile a 5x5 filter's reads of three channels otherwise.
 */
function loadColumn(
  g: ConvGeometry,
  partition: FilterPartition,
  declare: 'let' | 'var',
  nth: number,
  column: string,
): string {
  const { perThread, readLanes } = partition;
  const at = `(start + clamp(${column}, 0, ${g.width - 1})) * ${g.from / readLanes} + i * ${perThread / readLanes}`;
  const reads = columnNames(partition, nth).map(
    (name, read) => `${declare} ${name} = select(${vector(readLanes)}(), x[at${nth} + ${read}], inside${nth});`,
  );
  return [`let inside${nth} = ${column} >= 0 && ${column} < ${g.width};`, `let at${nth} = ${at};`, ...reads].join('\n');
}

/** WGSL that keeps one column as another for the next pixels. */
function keepColumn(partition: FilterPartition, as: number, nth: number): string {
  const from = columnNames(partition, nth);
  return columnNames(partition, as)
    .map((name, read) => `${name} = ${from[read]};`)
    .join('\n');
}

/** WGSL that adds one pixel's product to the nth sum: of one tap and one of the thread's input channels. */
function addProduct(g: ConvGeometry, partition: FilterPartition, pixel: number, nth: number): string {
  const { perThread, readLanes } = partition;
  const column = pixel * g.stride + Math.floor(nth / perThread);
  const channel = nth % perThread;
  const x = component(
    columnNames(partition, column)[Math.floor(channel / readLanes)] ?? '',
    readLanes,
    channel % readLanes,
  );
  return `sum${nth} += ${x} * d${pixel};`;
}
