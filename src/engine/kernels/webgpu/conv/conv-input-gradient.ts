import { CONV_INPUT_GRADIENT } from '../../../ops/tensors/conv2d.ts';
import { numeric, paddingOf, required, shape4D } from '../../registry.ts';
import { arrayOf, run, webGpuKernel, workgroups } from '../shader.ts';
import type { WorkgroupLayout } from '../tuning.ts';
import { component, dot, lanesOf, repeat, type VectorLanes, vector, weightedBy } from '../wgsl.ts';
import { type ConvGeometry, convGeometry, pixelsPerThread } from './conv-geometry.ts';

/**
 * See ops/tensors/conv2d.ts, convInputGradient: output dx, with `addend` added where there is one, times its gain. A thread computes some
 * pixels of a row times a group of channels. The pixels are `stride` apart, so that the same taps reach them all, and
 * only those are looped over.
 */
export const webgpuConvInputGradientKernel = webGpuKernel(CONV_INPUT_GRADIENT, (backend, inputs, attrs) => {
  const [dy, weight] = [required(inputs, 'dy'), required(inputs, 'weight')];
  const { tuning, device } = backend;
  const shape = shape4D(attrs.inputShape);
  const geometry = convGeometry(shape, weight.shape, numeric(attrs, 'stride'), paddingOf(attrs));
  const { batch, height, width, from, to, stride } = geometry;
  const lanes = { into: lanesOf(from), out: lanesOf(to) };
  const perClass = Math.ceil(width / stride);
  const pixels = pixelsPerThread(perClass, tuning.convPixels);
  const g: InputGradient = { ...geometry, lanes, pixels, layout: tuning.layout(from / lanes.into, lanes.into) };
  const { rows, workgroup, groups } = g.layout;
  const items = (batch * height * stride * perClass) / pixels;
  const { grid, number } = workgroups(Math.ceil(items / rows), groups / g.layout.width);
  const shared = tuning.sharesFilters ? sharedFilter(g, device.limits.maxComputeWorkgroupStorageSize) : null;
  const type = vector(lanes.into);
  const dx = backend.make(shape);
  const { addend, gain } = inputs;
  const weighted = gain ? weightedBy('gain[0]', 'addend[to]', type) : 'addend[to]';
  run(backend, {
    name: 'conv input gradient',
    reads: {
      dy: arrayOf(vector(lanes.out), dy),
      weight: arrayOf(vector(lanes.out), weight),
      ...(addend && { addend: arrayOf(type, addend) }),
      ...(gain && { gain: arrayOf('f32', gain) }),
    },
    writes: { dx: arrayOf(type, dx) },
    workgroup,
    grid,
    declarations: shared?.declarations ?? '',
    body: `let slot = thread % ${g.layout.width};
  let c = group.z * ${g.layout.width} + slot;
  let item = ${number} * ${rows} + thread / ${g.layout.width};
  let first = (item % ${perClass / pixels}) * ${pixels};
  let remainder = (item / ${perClass / pixels}) % ${stride};
  let line = item / ${(perClass / pixels) * stride};
  let h = line % ${height};
  let image = line / ${height};
  ${repeat(pixels, (pixel) => `var sum${pixel} = ${type}();`)}
  ${shared === null ? filterFromMemory(g, items) : shared.body(items)}
  if (item >= ${items}) { return; }
  ${repeat(pixels, (pixel) => {
    const column = `(first + ${pixel}) * ${stride} + remainder`;
    const store = `let to = ((image * ${height} + h) * ${width} + ${column}) * ${groups} + c;
    dx[to] = sum${pixel}${addend === undefined ? '' : ` + ${weighted}`};`;
    return width % stride === 0 ? `{ ${store} }` : `if (${column} < ${width}) { ${store} }`;
  })}`,
  });
  return dx;
});

/** WGSL that sums, where each thread reads the filter for itself. */
function filterFromMemory(g: InputGradient, items: number): string {
  const { into, out } = g.lanes;
  const outGroups = g.to / out;
  const loop = (body: string) => `for (var o = 0; o < ${outGroups}; o++) {\n${body}\n}`;
  const sums = columnsAndTaps(g, loop, (kw, meetings) => {
    const row = (nth: number) =>
      `((kh * ${g.kernelWidth} + ${kw}) * ${g.from} + c * ${into} + ${nth}) * ${outGroups} + o`;
    const products = meetings.map(({ pixel, column }) =>
      repeat(into, (nth) => `${component(`sum${pixel}`, into, nth)} += ${dot(column, `w${nth}`, out)};`),
    );
    return `{ ${repeat(into, (nth) => `let w${nth} = weight[${row(nth)}];`)}\n${products.join('\n')} }`;
  });
  return `if (item < ${items}) { ${rowsOfTaps(g, sums)} }`;
}

interface SharedFilter {
  readonly declarations: string;
  readonly body: (items: number) => string;
}

/**
 * WGSL that sums, where the workgroup reads the filter together, a group of output channels at a time, and turns it so
 * that a thread finds its input channels side by side. Null where that takes more memory than there is.
 */
function sharedFilter(g: InputGradient, memory: number): SharedFilter | null {
  const { into, out } = g.lanes;
  const { width, workgroup } = g.layout;
  const [outGroups, taps] = [g.to / out, g.kernelHeight * g.kernelWidth];
  const size = taps * out * width;
  if (4 * into * size > memory) return null;
  const type = vector(into);
  const turned = (k: number) =>
    `${type}(${Array.from({ length: into }, (_, nth) => component(`w${nth}`, out, k)).join(', ')})`;
  const sums = columnsAndTaps(
    g,
    (body) => body,
    (kw, meetings) =>
      repeat(out, (k) => {
        const products = meetings.map(({ pixel, column }) => `sum${pixel} += ${component(column, out, k)} * w;`);
        const at = `((kh * ${g.kernelWidth} + ${kw}) * ${out} + ${k}) * ${width} + slot`;
        return `{ let w = filterRows[${at}]; ${products.join(' ')} }`;
      }),
  );
  return {
    declarations: `var<workgroup> filterRows : array<${type}, ${size}>;`,
    body: (items) => `for (var o = 0; o < ${outGroups}; o++) {
    workgroupBarrier();
    for (var nth = thread; nth < ${taps * width}; nth += ${workgroup}) {
      let tap = nth / ${width};
      let own = nth % ${width};
      let at = (tap * ${g.from} + (group.z * ${width} + own) * ${into}) * ${outGroups} + o;
      ${repeat(into, (row) => `let w${row} = weight[at + ${row * outGroups}];`)}
      ${repeat(out, (k) => `filterRows[(tap * ${out} + ${k}) * ${width} + own] = ${turned(k)};`)}
    }
    workgroupBarrier();
    if (item < ${items}) { ${rowsOfTaps(g, sums)} }
  }`,
  };
}

/** Parameters of the input gradient's shader. */
export interface InputGradient extends ConvGeometry {
  /** Channels that are read at once: of dx, and of dy. */
  readonly lanes: { readonly into: VectorLanes; readonly out: VectorLanes };
  /** Pixels per thread, `stride` apart. */
  readonly pixels: number;
  readonly layout: WorkgroupLayout;
}

/** WGSL of a loop over the filter's rows that reach the thread's row: `kh`, and where their row of dy has its `start`. */
function rowsOfTaps(g: InputGradient, body: string): string {
  return `for (var kh = (h + ${g.top}) % ${g.stride}; kh < ${g.kernelHeight}; kh += ${g.stride}) {
    let outRow = (h + ${g.top} - kh) / ${g.stride};
    if (h + ${g.top} < kh || outRow >= ${g.outHeight}) { continue; }
    let start = (image * ${g.outHeight} + outRow) * ${g.outWidth};
    ${body}
  }`;
}

/** One tap at one pixel: the filter's column, and the name of the column of dy that it multiplies. */
export interface Meeting {
  readonly kw: number;
  readonly pixel: number;
  readonly column: string;
}

/**
 * WGSL, for each remainder by the stride that the thread's columns can have, of `loop` around the columns of dy that
 * their taps meet and `multiply` for each tap.
 */
function columnsAndTaps(
  g: InputGradient,
  loop: (body: string) => string,
  multiply: (kw: number, meetings: readonly Meeting[]) => string,
): string {
  return repeat(g.stride, (remainder) => {
    const taps = Array.from({ length: g.kernelWidth }, (_, kw) => ({ kw, by: (remainder + g.left - kw) / g.stride }));
    const hits = taps.filter(({ by }) => Number.isInteger(by));
    if (hits.length === 0) return '';
    const pixels = Array.from({ length: g.pixels }, (_, pixel) => pixel);
    const offsets = new Set(hits.flatMap(({ by }) => pixels.map((pixel) => by + pixel)));
    const body = `${[...offsets].map((offset) => loadColumn(g, offset)).join('\n')}
    ${hits
      .map(({ kw, by }) =>
        multiply(
          kw,
          pixels.map((pixel) => ({ kw, pixel, column: columnName(by + pixel) })),
        ),
      )
      .join('\n')}`;
    return `if (remainder == ${remainder}) {\n${loop(body)}\n}`;
  });
}

/** A name for a column left or right of the first. */
const columnName = (offset: number) => (offset < 0 ? `dLeft${-offset}` : `d${offset}`);

/** WGSL that reads one column of dy, or zeros beyond its edges. */
function loadColumn(g: InputGradient, offset: number): string {
  const inside = `first + ${offset} >= 0 && first + ${offset} < ${g.outWidth}`;
  const index = `(start + clamp(first + ${offset}, 0, ${g.outWidth - 1})) * ${g.to / g.lanes.out} + o`;
  return `let ${columnName(offset)} = select(${vector(g.lanes.out)}(), dy[${index}], ${inside});`;
}
