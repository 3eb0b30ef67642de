import { pixelsOf } from './conv/conv-geometry.ts';
import type { Tuning, WorkgroupLayout } from './tuning.ts';
import { lanesOf, vector } from './wgsl.ts';

/**
 * How pixels and channels are divided among threads. A workgroup has `width` neighbouring groups of channels (each
 * `lanes` channels) times `rows` pixels, so that neighbours read neighbours; it works through the `perGroup` items
 * (pixels, or rows of pixels) that are its own. The grid is [workgroups, chunks of channels]. Sums over all pixels come
 * in parts: one of each workgroup where `workgroupReduces`, else one of each row.
 */
export interface Partition extends WorkgroupLayout {
  readonly items: number;
  readonly perGroup: number;
  readonly parts: number;
  readonly grid: readonly [number, number, number];
}

/** The partition of a sum over the `pixels` of [N, H, W, channels]; an item is one pixel or several. */
export function makePartition(
  tuning: Tuning,
  channels: number,
  pixels: number,
  items = pixels,
  lanes = lanesOf(channels),
): Partition {
  const layout = tuning.layout(channels / lanes, lanes);
  const wanted = Math.min(tuning.mostParts, Math.ceil(pixels / tuning.pixelsPerPart(layout.rows)));
  return divide(layout, items, wanted);
}

/** Divides `items` among workgroups so that the sum comes in about `wanted` parts. */
export function divide(layout: WorkgroupLayout, items: number, wanted: number): Partition {
  const { rows, workgroupReduces, groups, width } = layout;
  const workgroups = workgroupReduces ? wanted : Math.ceil(wanted / rows);
  const perGroup = rows * Math.ceil(items / (workgroups * rows));
  const used = Math.ceil(items / perGroup);
  return { ...layout, items, perGroup, parts: workgroupReduces ? used : used * rows, grid: [used, groups / width, 1] };
}

/** The partition of an element-wise pass over [N, H, W, C]. */
export function pixelPartition(tuning: Tuning, shape: readonly number[]): Partition {
  return makePartition(tuning, shape[3] ?? 1, pixelsOf(shape));
}

/** WGSL that defines the thread's channel group `c`, its `slot` in the workgroup, its `row` and its `part`. */
export function placeInPartition({ width, rows, workgroupReduces }: Partition): string {
  return `let slot = thread % ${width};
  let c = group.y * ${width} + slot;
  let row = thread / ${width};
  let ownPart = ${workgroupReduces ? 'group.x' : `group.x * ${rows} + row`};`;
}

/** A WGSL condition: whether the thread is the one that stores its part. */
export function storesPart({ workgroupReduces }: Partition): string {
  return workgroupReduces ? 'row == 0' : 'true';
}

/** A WGSL loop over the items of the thread, numbered `item`. */
export function eachItem({ rows, items, perGroup }: Partition, body: string): string {
  return `let end = min(${items}, (group.x + 1) * ${perGroup});
  for (var item = group.x * ${perGroup} + row; item < end; item += ${rows}) {
  ${body}
  }`;
}

/** A WGSL loop over parts, numbered `part`: a share of them where the rows of a workgroup add up, else all. */
export function eachPart({ rows, workgroupReduces }: WorkgroupLayout, parts: number | string, body: string): string {
  const [first, step] = workgroupReduces ? ['row', rows] : ['0', 1];
  return `for (var part = ${first}; part < ${parts}; part += ${step}) {
  ${body}
  }`;
}

/** WGSL of the workgroup memory that `sumOverRows` needs: one array for each of `names`. */
export function sharedSums({ lanes, workgroup, workgroupReduces }: WorkgroupLayout, names: readonly string[]): string {
  if (!workgroupReduces) return '';
  return names.map((name) => `var<workgroup> ${name}Rows : array<${vector(lanes)}, ${workgroup}>;`).join('\n');
}

/**
 * WGSL that declares each name as the sum of its value over the rows of the workgroup, known to all of them; where rows
 * keep apart it is the row's own value.
 */
export function sumOverRows(
  { width, rows, workgroupReduces }: WorkgroupLayout,
  values: Readonly<Record<string, string>>,
): string {
  const entries = Object.entries(values);
  if (!workgroupReduces) return entries.map(([name, value]) => `let ${name} = ${value};`).join('\n');
  const store = entries.map(([name, value]) => `${name}Rows[thread] = ${value};`).join('\n');
  const add = entries.map(([name]) => `${name}Rows[thread] += ${name}Rows[thread + far * ${width}];`).join(' ');
  const load = entries.map(([name]) => `let ${name} = ${name}Rows[slot];`).join('\n');
  return `${store}
  for (var far = ${firstStep(rows)}; far > 0; far /= 2) {
    workgroupBarrier();
    if (row < far && row + far < ${rows}) { ${add} }
  }
  workgroupBarrier();
  ${load}`;
}

/** Values that `gatherRows` adds at a time: what fits every device's workgroup memory, with vec4 and 256 threads. */
const GATHERED = 4;

/** WGSL of the workgroup memory that `gatherRows` needs. */
export function sharedGathering({ lanes, workgroup, workgroupReduces }: WorkgroupLayout): string {
  return workgroupReduces ? `var<workgroup> gathered : array<${vector(lanes)}, ${GATHERED * workgroup}>;` : '';
}

/**
 * WGSL that adds the variables `names` of all rows of the workgroup to those of its first row, where rows add up: for
 * many values, with few barriers.
 */
export function gatherRows(
  { width, rows, workgroup, workgroupReduces }: WorkgroupLayout,
  names: readonly string[],
): string {
  if (!workgroupReduces || rows === 1) return '';
  const rounds = Array.from({ length: Math.ceil(names.length / GATHERED) }, (_, round) =>
    names.slice(round * GATHERED, (round + 1) * GATHERED),
  );
  const one = (
    round: readonly string[],
  ) => `${round.map((name, at) => `gathered[${at * workgroup} + thread] = ${name};`).join(' ')}
  workgroupBarrier();
  for (var far = 1; row == 0 && far < ${rows}; far++) {
    ${round.map((name, at) => `${name} += gathered[${at * workgroup} + thread + far * ${width}];`).join(' ')}
  }`;
  return rounds.map(one).join('\nworkgroupBarrier();\n');
}

/** The largest power of two below a number; 0 below 1. */
function firstStep(rows: number): number {
  return rows < 2 ? 0 : 2 ** (Math.ceil(Math.log2(rows)) - 1);
}
