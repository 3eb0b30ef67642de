import type { Stop } from '../panel.ts';

/** The stops that get a tick, at most `most`: the first, the last and evenly spaced ones between them. */
export function tickStops(stops: readonly Stop[], most: number): readonly Stop[] {
  const last = stops.length - 1;
  const stride = Math.max(1, Math.ceil(last / Math.max(1, most - 1)));
  // One that stands close to the last makes room for it.
  return stops.filter((_, index) => index === last || (index % stride === 0 && last - index >= 0.6 * stride));
}
