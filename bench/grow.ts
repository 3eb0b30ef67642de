import { type Options, takeTurns } from './interleave.ts';
import type { Invitation } from './items/item.ts';
import type { EngineRemote } from './remote.ts';
import { type Group, milliseconds, type Row } from './row.ts';
import { fitLine, rounded } from './statistics.ts';
import type { Task } from './task.ts';

export type Make = (name: string, task: Task, lanes: number) => Invitation;

const BASE: Task = { depth: 20, width: 8, size: 16, batch: 16 };
const DEPTHS = [8, 20, 32, 56, 80, 110];
const WIDTHS = [4, 8, 16, 32];
const LANES = [1, 2, 3, 4, 6];

/** Times and weighs contenders of growing size, in turns. */
async function grow(invited: readonly Invitation[], options: Options) {
  const contenders: EngineRemote[] = [];
  try {
    for (const { make } of invited) contenders.push(await make());
    const bytes: number[] = [];
    for (const contender of contenders) {
      await contender.step();
      bytes.push(await contender.peakBytes());
    }
    const times = await takeTurns(contenders, options);
    return contenders.flatMap(({ name, detail }, index): Row[] => [
      milliseconds(name, detail, times[index] ?? []),
      { name: `${name}: most bytes`, value: rounded((bytes[index] ?? Number.NaN) / 1e6), unit: 'MB' },
    ]);
  } finally {
    for (const contender of contenders) await contender.end();
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
export async function growth(where: string, make: Make, options: Options): Promise<readonly Group[]> {
  const groups: Group[] = [];
  const add = async (title: string, invited: readonly Invitation[], xs: readonly number[] | null) => {
    options.progress(title);
    const rows = await grow(invited, options);
    const lines = xs === null ? [] : [straightness(rows, 'ms', xs), straightness(rows, 'MB', xs)];
    groups.push({ title, rows: [...rows, ...lines] });
  };
  const base = `width ${BASE.width}, ${BASE.size}×${BASE.size}, batch ${BASE.batch}, ${where}`;
  const byDepth = DEPTHS.map((depth) => make(`depth ${depth}`, { ...BASE, depth }, 1));
  await add(`By depth: ${base}`, byDepth, DEPTHS);
  const byWidth = WIDTHS.map((width) => make(`width ${width}`, { ...BASE, width }, 1));
  await add(`By width: ResNet-20, ${BASE.size}×${BASE.size}, batch ${BASE.batch}, ${where}`, byWidth, null);
  const byLanes = LANES.map((lanes) => make(`${lanes} ${lanes === 1 ? 'net' : 'nets'}`, BASE, lanes));
  await add(`By number of nets: ResNet-20, ${base}`, byLanes, LANES);
  return groups;
}
