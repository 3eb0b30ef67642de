import { CONV_INPUT_GRADIENT } from '../../operations/conv.ts';
import { numeric, required, shape4D } from '../inputs.ts';
import { type ConvGeometry, convGeometry, pixelsPerThread } from './conv-geometry.ts';
import { arrayOf, run, threads, webGpuKernel } from './shader.ts';
import { THREADS } from './tuning.ts';
import { component, dot, type Lanes, lanesOf, repeat, vector } from './wgsl.ts';

/**
 * See operations/conv.ts, convInputGradient: output dx, with `addend` added where there is one. A thread computes some
 * pixels of a row times a group of channels. The pixels are `stride` apart, so that the same taps reach them all, and
 * only those are looped over.
 */
export const convInputGradientKernel = webGpuKernel(CONV_INPUT_GRADIENT, (backend, inputs, attrs) => {
  const [dy, weight] = [required(inputs, 'dy'), required(inputs, 'weight')];
  const shape = shape4D(attrs.inputShape);
  const geometry = convGeometry(shape, weight.shape, numeric(attrs, 'stride'));
  const { batch, height, width, from, to, stride } = geometry;
  const lanes: Pair = { into: lanesOf(from), out: lanesOf(to) };
  const perClass = Math.ceil(width / stride);
  const pixels = pixelsPerThread(perClass);
  const groups = from / lanes.into;
  const { grid, index } = threads((batch * height * stride * perClass * groups) / pixels, THREADS);
  const dx = backend.make(shape);
  const type = vector(lanes.into);
  const { addend } = inputs;
  run(backend, {
    name: 'conv input gradient',
    reads: {
      dy: arrayOf(vector(lanes.out), dy),
      weight: arrayOf(vector(lanes.out), weight),
      ...(addend === undefined ? {} : { addend: arrayOf(type, addend) }),
    },
    writes: { dx: arrayOf(type, dx) },
    workgroup: THREADS,
    grid,
    body: `${index}
  let c = index % ${groups};
  var rest = index / ${groups};
  let first = (rest % ${perClass / pixels}) * ${pixels};
  rest /= ${perClass / pixels};
  let remainder = rest % ${stride};
  rest /= ${stride};
  let h = rest % ${height};
  let image = rest / ${height};
  ${repeat(pixels, (pixel) => `var sum${pixel} = ${type}();`)}
  for (var kh = (h + ${geometry.top}) % ${stride}; kh < ${geometry.kernelHeight}; kh += ${stride}) {
    let outRow = (h + ${geometry.top} - kh) / ${stride};
    if (h + ${geometry.top} < kh || outRow >= ${geometry.outHeight}) { continue; }
    let start = (image * ${geometry.outHeight} + outRow) * ${geometry.outWidth};
    ${repeat(stride, (remainder) => `if (remainder == ${remainder}) {\n${taps(geometry, lanes, pixels, remainder)}\n}`)}
  }
  ${repeat(pixels, (pixel) => {
    const column = `(first + ${pixel}) * ${stride} + remainder`;
    const store = `let to = ((image * ${height} + h) * ${width} + ${column}) * ${groups} + c;
    dx[to] = sum${pixel}${addend === undefined ? '' : ' + addend[to]'};`;
    return width % stride === 0 ? `{ ${store} }` : `if (${column} < ${width}) { ${store} }`;
  })}`,
  });
  return dx;
});

interface Pair {
  readonly into: Lanes;
  readonly out: Lanes;
}

/** WGSL of the taps in one filter row that reach the columns of one remainder by the stride. */
function taps(g: ConvGeometry, lanes: Pair, pixels: number, remainder: number): string {
  const reaching = Array.from({ length: g.kernelWidth }, (_, kw) => ({ kw, by: (remainder + g.left - kw) / g.stride }));
  const hits = reaching.filter(({ by }) => Number.isInteger(by));
  const offsets = new Set(hits.flatMap(({ by }) => Array.from({ length: pixels }, (_, pixel) => by + pixel)));
  if (hits.length === 0) return '';
  return `for (var o = 0; o < ${g.to / lanes.out}; o++) {
    ${[...offsets].map((offset) => loadColumn(g, lanes.out, offset)).join('\n')}
    ${hits.map(({ kw, by }) => multiply(g, lanes, pixels, kw, by)).join('\n')}
  }`;
}

/** A name for a column left or right of the first. */
const columnName = (offset: number) => (offset < 0 ? `dLeft${-offset}` : `d${offset}`);

/** WGSL that reads one column of dy, or zeros beyond its edges. */
function loadColumn(g: ConvGeometry, lanes: Lanes, offset: number): string {
  const inside = `first + ${offset} >= 0 && first + ${offset} < ${g.outWidth}`;
  const index = `(start + clamp(first + ${offset}, 0, ${g.outWidth - 1})) * ${g.to / lanes} + o`;
  return `let ${columnName(offset)} = select(${vector(lanes)}(), dy[${index}], ${inside});`;
}

/** WGSL of one tap: a row of the filter for each input channel of the thread. */
function multiply(g: ConvGeometry, lanes: Pair, pixels: number, kw: number, by: number): string {
  const outGroups = g.to / lanes.out;
  const rows = repeat(
    lanes.into,
    (nth) =>
      `let w${nth} = weight[((kh * ${g.kernelWidth} + ${kw}) * ${g.from} + c * ${lanes.into} + ${nth}) * ${outGroups} + o];`,
  );
  const sums = repeat(pixels, (pixel) =>
    repeat(
      lanes.into,
      (nth) => `${component(`sum${pixel}`, lanes.into, nth)} += ${dot(columnName(by + pixel), `w${nth}`, lanes.out)};`,
    ),
  );
  return `{ ${rows}\n${sums} }`;
}
