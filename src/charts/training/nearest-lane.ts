import type { EndLabel } from '../labels/end-labels.ts';
import type { CrossValue } from './cross-values.ts';

const REACH = 14;

/** The lane whose line, or label at the end of it, is under the pointer. */
export function nearestLane(
  pointer: readonly [x: number, y: number],
  values: readonly CrossValue[],
  ends: readonly EndLabel[],
  y: (error: number) => number,
): string | null {
  const [px, py] = pointer;
  const onLabels = ends.filter(({ x }) => px >= x);
  const places = onLabels.length
    ? onLabels.map((label) => [label.series.id, Math.abs(label.y - py)] as const)
    : values.flatMap(({ series, mean }) => (mean === null ? [] : [[series.id, Math.abs(y(mean) - py)] as const]));
  const [nearest] = places.sort((a, b) => a[1] - b[1]);
  return nearest && nearest[1] <= REACH ? nearest[0] : null;
}
