import type { Stop } from './panel.ts';

/** The first, the last, and as many evenly between them as `most` leaves room for. */
export function tickStops(stops: readonly Stop[], most: number): readonly Stop[] {
  const count = Math.max(2, Math.min(most, stops.length));
  const picked = new Set(Array.from({ length: count }, (_, i) => Math.round((i * (stops.length - 1)) / (count - 1))));
  return [...picked].flatMap((index) => stops[index] ?? []);
}
