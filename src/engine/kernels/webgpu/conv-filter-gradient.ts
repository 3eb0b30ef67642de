import { CONV_FILTER_GRADIENT } from '../../operations/conv.ts';
import { numeric, required, shape4D } from '../inputs.ts';
import { type ConvGeometry, convGeometry } from './conv-geometry.ts';
import { outputIn } from './place.ts';
import { arrayOf, run, threads, webGpuKernel } from './shader.ts';
import { THREADS, type Tuning } from './tuning.ts';
import { component, type Lanes, lanesOf, repeat, vector } from './wgsl.ts';

/**
 * See operations/conv.ts, convFilterGradient: output in parts [parts, KH, KW, in, out], each over some rows of the
 * images. A thread sums one row of taps for a group of input channels times a group of output channels.
 */
export const convFilterGradientKernel = webGpuKernel(CONV_FILTER_GRADIENT, (backend, inputs, attrs) => {
  const [x, dy] = [required(inputs, 'x'), required(inputs, 'dy')];
  const filterShape = shape4D(attrs.filterShape);
  const geometry = convGeometry(x.shape, filterShape, numeric(attrs, 'stride'));
  const { from, to, kernelHeight } = geometry;
  const { lanes, perThread, units, rows, perPart, parts } = shareOfParts(backend.tuning, geometry);
  const gradient = outputIn(backend, inputs.place, [parts, ...filterShape]);
  const { grid, index } = threads(parts * units, THREADS / 4);
  run(backend, {
    name: 'conv filter gradient',
    reads: { x: arrayOf(vector(lanes.from), x), dy: arrayOf(vector(lanes.to), dy) },
    writes: { gradient: arrayOf(vector(lanes.to), gradient) },
    workgroup: THREADS / 4,
    grid,
    body: `${index}
  let o = index % ${to / lanes.to};
  var rest = index / ${to / lanes.to};
  let i = rest % ${from / perThread};
  rest /= ${from / perThread};
  let kh = rest % ${kernelHeight};
  let part = rest / ${kernelHeight};
  ${sumOverRows(geometry, { rows, perPart, perThread, ...lanes })}`,
  });
  return gradient;
});

/** In how many parts the gradient comes. */
export function filterGradientParts(tuning: Tuning, geometry: ConvGeometry): number {
  return shareOfParts(tuning, geometry).parts;
}

function shareOfParts(tuning: Tuning, g: ConvGeometry) {
  const { batch, height, width, from, outHeight, outWidth, to, kernelHeight, kernelWidth } = g;
  // The few channels of an image are summed by one thread, though they cannot be read at once.
  const lanes = { from: from < 4 ? 1 : lanesOf(from), to: lanesOf(to) } as const;
  const perThread = from < 4 ? from : lanes.from;
  const units = (kernelHeight * from * to) / (perThread * lanes.to);
  const rows = batch * outHeight;
  const numbers = batch * (height * width * from + outHeight * outWidth * to);
  const affordable = Math.floor(numbers / (2 * kernelHeight * kernelWidth * from * to));
  const wanted = Math.min(Math.round(tuning.filterGradientThreads / units), affordable, rows);
  const perPart = Math.ceil(rows / Math.max(1, wanted));
  return { lanes, perThread, units, rows, perPart, parts: Math.ceil(rows / perPart) };
}

interface Unit {
  readonly rows: number;
  readonly perPart: number;
  /** Input channels of a thread, and how many of them are read at once. */
  readonly perThread: number;
  readonly from: Lanes;
  readonly to: Lanes;
}

/** WGSL that sums over the thread's rows and stores. Where the stride is 1 the columns of x slide through registers. */
function sumOverRows(g: ConvGeometry, unit: Unit): string {
  const slides = g.stride === 1 && g.kernelWidth > 1;
  const last = g.kernelWidth - 1;
  const load = (kw: number, column: string) => loadColumn(g, unit, kw, column);
  const taps = Array.from({ length: g.kernelWidth }, (_, kw) => kw);
  const type = vector(unit.to);
  const outGroups = g.to / unit.to;
  return `${repeat(g.kernelWidth * unit.perThread, (nth) => `var sum${nth} = ${type}();`)}
  for (var row = part * ${unit.perPart}; row < min(${unit.rows}, (part + 1) * ${unit.perPart}); row++) {
    let h = (row % ${g.outHeight}) * ${g.stride} + kh - ${g.top};
    if (h < 0 || h >= ${g.height}) { continue; }
    let start = ((row / ${g.outHeight}) * ${g.height} + h) * ${g.width};
    ${repeat(g.kernelWidth, (kw) => declareColumn(unit, kw))}
    ${slides ? repeat(last, (kw) => load(kw, `${kw - g.left}`)) : ''}
    for (var column = 0; column < ${g.outWidth}; column++) {
      let d = dy[(row * ${g.outWidth} + column) * ${outGroups} + o];
      ${slides ? load(last, `column + ${last - g.left}`) : taps.map((kw) => load(kw, `column * ${g.stride} + ${kw - g.left}`)).join('\n')}
      ${repeat(g.kernelWidth, (kw) => repeat(unit.perThread, (nth) => `sum${kw * unit.perThread + nth} += ${channel(unit, kw, nth)} * d;`))}
      ${
        slides
          ? repeat(last, (kw) =>
              columnNames(unit, kw)
                .map((name, at) => `${name} = ${columnNames(unit, kw + 1)[at]};`)
                .join(' '),
            )
          : ''
      }
    }
  }
  let to = (part * ${g.kernelHeight} + kh) * ${g.kernelWidth * g.from * outGroups} + i * ${unit.perThread * outGroups} + o;
  ${repeat(g.kernelWidth, (kw) => repeat(unit.perThread, (nth) => `gradient[to + ${(kw * g.from + nth) * outGroups}] = sum${kw * unit.perThread + nth};`))}`;
}

/** The variables that hold a thread's channels of one column of x. */
function columnNames({ perThread, from }: Unit, kw: number): readonly string[] {
  return Array.from({ length: perThread / from }, (_, at) => `x${kw}_${at}`);
}

function declareColumn(unit: Unit, kw: number): string {
  return columnNames(unit, kw)
    .map((name) => `var ${name} = ${vector(unit.from)}();`)
    .join(' ');
}

function channel(unit: Unit, kw: number, nth: number): string {
  return component(`x${kw}_${Math.floor(nth / unit.from)}`, unit.from, nth % unit.from);
}

function loadColumn(g: ConvGeometry, unit: Unit, kw: number, column: string): string {
  const reads = unit.perThread / unit.from;
  const inside = `(${column}) >= 0 && (${column}) < ${g.width}`;
  const at = `(start + clamp(${column}, 0, ${g.width - 1})) * ${g.from / unit.from} + i * ${reads}`;
  return columnNames(unit, kw)
    .map((name, nth) => `${name} = select(${vector(unit.from)}(), x[${at} + ${nth}], ${inside});`)
    .join('\n');
}
