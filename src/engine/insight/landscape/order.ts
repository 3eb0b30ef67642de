/** Column and row of a grid point, from 0. */
export interface GridPoint {
  readonly column: number;
  readonly row: number;
}

/**
 * The points of a grid from coarse to fine: every eighth first, then those between, so that a coarse picture comes
 * early.
 */
export function coarseFirst(columns: number, rows: number): readonly (readonly GridPoint[])[] {
  const all = Array.from({ length: rows * columns }, (_, index) => ({
    column: index % columns,
    row: Math.floor(index / columns),
  }));
  const done = new Set<GridPoint>();
  return [8, 4, 2, 1].map((stride) => {
    const next = all.filter((point) => !done.has(point) && point.column % stride === 0 && point.row % stride === 0);
    for (const point of next) done.add(point);
    return next;
  });
}
