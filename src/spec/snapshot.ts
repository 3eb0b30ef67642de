import type { NetSpec } from './net.ts';

/** Lanes by their names, as they stood between two rounds: enough to go on from there on any backend. */
export type RaceSnapshot = ReadonlyMap<string, LaneSnapshot>;

export interface LaneSnapshot {
  /** The net whose values these are; its gains are no part of a snapshot. */
  readonly net: NetSpec;
  /** Steps that are finished. */
  readonly steps: number;
  /** Whether the running statistics must be measured again before the next evaluation. */
  readonly stale: boolean;
  readonly divergedAt: number | null;
  /** Weights, velocities and running statistics, flat, by what `Lane.remembered` calls them. */
  readonly values: ReadonlyMap<string, Float32Array>;
}

/** Bytes of all that a snapshot holds. */
export function bytesOf(snapshot: RaceSnapshot): number {
  let sum = 0;
  for (const { values } of snapshot.values()) for (const { byteLength } of values.values()) sum += byteLength;
  return sum;
}
