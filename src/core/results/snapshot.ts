import type { NetSpec } from '../net/net.ts';

/** Snapshots of a race's lanes between two rounds, by lane name, from which training can go on on any backend. */
export type RaceSnapshot = ReadonlyMap<string, LaneSnapshot>;

/** A file format of a lane's weights: for PyTorch, or with the net itself for other runtimes. */
export type WeightsFormat = 'safetensors' | 'onnx';

/** The state of one lane between two steps. */
export interface LaneSnapshot {
  /** The net at that step; its gains are not part of a snapshot. */
  readonly net: NetSpec;
  /** Number of finished steps. */
  readonly steps: number;
  /** Whether the running statistics must be measured again before the next evaluation. */
  readonly stale: boolean;
  readonly divergedAt: number | null;
  /** Weights, velocities and running statistics, flat, by the names of `Model.stateTensors`. */
  readonly values: ReadonlyMap<string, Float32Array>;
}

/** Total size of a snapshot's values in bytes. */
export function snapshotBytes(snapshot: RaceSnapshot): number {
  let sum = 0;
  for (const { values } of snapshot.values()) for (const { byteLength } of values.values()) sum += byteLength;
  return sum;
}
