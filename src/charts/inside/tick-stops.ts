import type { Stop } from './panel.ts';

/** The first and the last stop, and every so many between them that at most `most` have a tick. */
export function tickStops(stops: readonly Stop[], most: number): readonly Stop[] {
  const last = stops.length - 1;
  const stride = Math.max(1, Math.ceil(last / Math.max(1, most - 1)));
  // One that stands close to the last makes room for it.
  return stops.filter((_, index) => index === last || (index % stride === 0 && last - index >= 0.6 * stride));
}
