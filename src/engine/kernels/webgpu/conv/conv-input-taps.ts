import type { Layout } from '../tuning.ts';
import { type Lanes, repeat, vector } from '../wgsl.ts';
import type { ConvGeometry } from './conv-geometry.ts';

/** Parameters of the input gradient's shader. */
export interface InputGradient extends ConvGeometry {
  /** Channels that are read at once: of dx, and of dy. */
  readonly lanes: { readonly into: Lanes; readonly out: Lanes };
  /** Pixels per thread, `stride` apart. */
  readonly pixels: number;
  readonly layout: Layout;
}

/** WGSL of a loop over the filter's rows that reach the thread's row: `kh`, and where their row of dy has its `start`. */
export function rowsOfTaps(g: InputGradient, body: string): string {
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
export function columnsAndTaps(
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
