import type { Starter } from './benchmarks/benchmark.ts';
import { type Options, timeRepeats } from './interleave.ts';
import type { EngineRemote } from './remote.ts';
import { type Group, milliseconds, type Row } from './row.ts';
import { fitLine, rounded } from './statistics.ts';
import type { Task } from './task.ts';

/** The starter of an implementation that trains `lanes` nets of a task. */
export type StarterOf = (name: string, task: Task, lanes: number) => Starter;

const BASE: Task = { depth: 20, width: 8, size: 16, batch: 16 };
const DEPTHS = [8, 20, 32, 56, 80, 110];
const WIDTHS = [4, 8, 16, 32];
const LANES = [1, 2, 3, 4, 6];

/** Times and weighs implementations of growing size, interleaved. */
async function measureScaling(starters: readonly Starter[], options: Options) {
  const implementations: EngineRemote[] = [];
  try {
    for (const { start } of starters) implementations.push(await start());
    const bytes: number[] = [];
    for (const implementation of implementations) {
      await implementation.step();
      bytes.push(await implementation.peakBytes());
    }
    const times = await timeRepeats(implementations, options);
    return implementations.flatMap(({ name, detail }, index): Row[] => [
      milliseconds(name, detail, times[index] ?? []),
      { name: `${name}: most bytes`, value: rounded((bytes[index] ?? Number.NaN) / 1e6), unit: 'MB' },
    ]);
  } finally {
    for (const implementation of implementations) await implementation.end();
  }
}

/** How far the measured are from a straight line through them. */
function straightness(rows: readonly Row[], unit: string, xs: readonly number[]): Row {
  const points = rows.filter((row) => row.unit === unit).map(({ value }, index) => [xs[index] ?? 0, value] as const);
  const { deviation } = fitLine(points);
  return {
    name: `${unit === 'ms' ? 'time' : 'bytes'}: farthest from a line`,
    value: rounded(100 * deviation, 2),
    unit: '%',
  };
}

/** Step time and peak bytes by depth, width and number of lanes. */
export async function scaling(where: string, starterOf: StarterOf, options: Options): Promise<readonly Group[]> {
  const groups: Group[] = [];
  const add = async (title: string, starters: readonly Starter[], xs: readonly number[] | null) => {
    options.progress(title);
    const rows = await measureScaling(starters, options);
    const lines = xs === null ? [] : [straightness(rows, 'ms', xs), straightness(rows, 'MB', xs)];
    groups.push({ title, rows: [...rows, ...lines] });
  };
  const base = `width ${BASE.width}, ${BASE.size}×${BASE.size}, batch ${BASE.batch}, ${where}`;
  const byDepth = DEPTHS.map((depth) => starterOf(`depth ${depth}`, { ...BASE, depth }, 1));
  await add(`By depth: ${base}`, byDepth, DEPTHS);
  const byWidth = WIDTHS.map((width) => starterOf(`width ${width}`, { ...BASE, width }, 1));
  await add(`By width: ResNet-20, ${BASE.size}×${BASE.size}, batch ${BASE.batch}, ${where}`, byWidth, null);
  const byLanes = LANES.map((lanes) => starterOf(`${lanes} ${lanes === 1 ? 'net' : 'nets'}`, BASE, lanes));
  await add(`By number of nets: ResNet-20, ${base}`, byLanes, LANES);
  return groups;
}
