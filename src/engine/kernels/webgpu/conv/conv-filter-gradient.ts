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
import { component, type Lanes, lanesOf, repeat, vector } from '../wgsl.ts';
import { type ConvGeometry, convGeometry, pixelsPerThread } from './conv-geometry.ts';

/**
 * See ops/tensors/conv2d.ts, convFilterGradient: output in parts [parts, KH, KW, in, out], each over some rows of the
 * images. A thread sums one row of taps for a group of input channels times a group of output channels, some
 * neighbouring pixels at a time.
 */
export const convFilterGradientKernel = webGpuKernel(CONV_FILTER_GRADIENT, (backend, inputs, attrs) => {
  const [x, dy] = [required(inputs, 'x'), required(inputs, 'dy')];
  const filterShape = shape4D(attrs.filterShape);
  const geometry = convGeometry(x.shape, filterShape, numeric(attrs, 'stride'), paddingOf(attrs));
  const share = shareOf(backend.tuning, geometry);
  const gradient = outputIn(backend, inputs.place, [share.parts, ...filterShape]);
  run(backend, {
    name: 'conv filter gradient',
    reads: { x: arrayOf(vector(share.readLanes), x), dy: arrayOf(vector(share.lanes), dy) },
    writes: { gradient: arrayOf(vector(share.lanes), gradient) },
    workgroup: share.workgroup,
    grid: share.grid,
    declarations: sharedGathering(share),
    body: sumOfPart(geometry, share),
  });
  return gradient;
});

/** The number of partial sums of a filter gradient. */
export function filterGradientParts(tuning: Tuning, geometry: ConvGeometry): number {
  return shareOf(tuning, geometry).parts;
}

/**
 * Groups are what one thread sums: a row of taps, `perThread` input channels (read `readLanes` at once) and `lanes`
 * output channels. Items are rows of the images.
 */
interface Share extends Partition {
  readonly perThread: number;
  readonly readLanes: Lanes;
  /** Neighbours in a row that a thread reads together. */
  readonly pixels: number;
}

function shareOf(tuning: Tuning, g: ConvGeometry): Share {
  const { batch, height, width, from, outHeight, outWidth, to, kernelHeight, kernelWidth } = g;
  const lanes = lanesOf(to);
  // The few channels of an image are summed by one thread, though they cannot be read at once.
  const readLanes = from < 4 ? 1 : lanesOf(from);
  const perThread = from < 4 ? from : readLanes;
  const layout = tuning.layout((kernelHeight * from * to) / (perThread * lanes), lanes);
  const rowsOfPart = layout.together ? layout.rows : 1;
  const numbers = batch * (height * width * from + outHeight * outWidth * to);
  const affordable = Math.floor(numbers / (2 * kernelHeight * kernelWidth * from * to));
  const wanted = Math.round(tuning.filterGradientThreads / (layout.groups * rowsOfPart));
  const items = batch * outHeight;
  const parts = Math.max(1, Math.min(wanted, affordable, Math.ceil(items / rowsOfPart)));
  const pixels = pixelsPerThread(outWidth, tuning.filterGradientPixels);
  return { ...divide(layout, items, parts), perThread, readLanes, pixels };
}

/** WGSL that sums over the thread's image rows and stores the partial gradient. */
function sumOfPart(g: ConvGeometry, share: Share): string {
  const { perThread, lanes, pixels } = share;
  const outGroups = g.to / lanes;
  const columns = (pixels - 1) * g.stride + g.kernelWidth;
  // Where the stride is 1 the columns that the next pixels need too slide through registers.
  const kept = g.stride === 1 ? g.kernelWidth - 1 : 0;
  const sums = g.kernelWidth * perThread;
  const tap = (nth: number) => (Math.floor(nth / perThread) * g.from + (nth % perThread)) * outGroups;
  return `${placeInPartition(share)}
  let o = c % ${outGroups};
  let i = (c / ${outGroups}) % ${g.from / perThread};
  let kh = c / ${(outGroups * g.from) / perThread};
  ${repeat(sums, (nth) => `var sum${nth} = ${vector(lanes)}();`)}
  ${eachItem(
    share,
    `let h = (item % ${g.outHeight}) * ${g.stride} + kh - ${g.top};
    if (h < 0 || h >= ${g.height}) { continue; }
    let start = ((item / ${g.outHeight}) * ${g.height} + h) * ${g.width};
    ${repeat(kept, (nth) => loadColumn(g, share, 'var', nth, `${nth - g.left}`))}
    for (var column = 0; column < ${g.outWidth}; column += ${pixels}) {
      let at = (item * ${g.outWidth} + column) * ${outGroups} + o;
      ${repeat(pixels, (pixel) => `let d${pixel} = dy[at + ${pixel * outGroups}];`)}
      let leftmost = column * ${g.stride} - ${g.left};
      ${repeat(columns - kept, (nth) => loadColumn(g, share, 'let', nth + kept, `leftmost + ${nth + kept}`))}
      ${repeat(pixels, (pixel) => repeat(sums, (nth) => addProduct(g, share, pixel, nth)))}
      ${repeat(kept, (nth) => keepColumn(share, nth, nth + pixels))}
    }`,
  )}
  let to = ((ownPart * ${g.kernelHeight} + kh) * ${g.kernelWidth * g.from} + i * ${perThread}) * ${outGroups} + o;
  ${gatherRows(
    share,
    Array.from({ length: sums }, (_, nth) => `sum${nth}`),
  )}
  if (${storesPart(share)}) {
    ${repeat(sums, (nth) => `gradient[to + ${tap(nth)}] = sum${nth};`)}
  }`;
}

/** The variables that hold a thread's channels of a column of x. */
function columnNames({ perThread, readLanes }: Share, nth: number): readonly string[] {
  return Array.from({ length: perThread / readLanes }, (_, read) => `x${nth}_${read}`);
}

/**
 * WGSL that reads the nth column of x, or zeros beyond its edges. Where it lies is written once for all its channels:
 * SwiftShader took a minute to compile a 5x5 filter's reads of three channels otherwise.
 */
function loadColumn(g: ConvGeometry, share: Share, declare: 'let' | 'var', nth: number, column: string): string {
  const { perThread, readLanes } = share;
  const at = `(start + clamp(${column}, 0, ${g.width - 1})) * ${g.from / readLanes} + i * ${perThread / readLanes}`;
  const reads = columnNames(share, nth).map(
    (name, read) => `${declare} ${name} = select(${vector(readLanes)}(), x[at${nth} + ${read}], inside${nth});`,
  );
  return [`let inside${nth} = ${column} >= 0 && ${column} < ${g.width};`, `let at${nth} = ${at};`, ...reads].join('\n');
}

/** WGSL that keeps one column as another for the next pixels. */
function keepColumn(share: Share, as: number, nth: number): string {
  const from = columnNames(share, nth);
  return columnNames(share, as)
    .map((name, read) => `${name} = ${from[read]};`)
    .join('\n');
}

/** WGSL that adds one pixel's product to the nth sum: of one tap and one of the thread's input channels. */
function addProduct(g: ConvGeometry, share: Share, pixel: number, nth: number): string {
  const { perThread, readLanes } = share;
  const column = pixel * g.stride + Math.floor(nth / perThread);
  const channel = nth % perThread;
  const x = component(
    columnNames(share, column)[Math.floor(channel / readLanes)] ?? '',
    readLanes,
    channel % readLanes,
  );
  return `sum${nth} += ${x} * d${pixel};`;
}
