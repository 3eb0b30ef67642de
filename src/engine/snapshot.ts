import type { Tensor } from '@tensorflow/tfjs-core';
import type { NetSpec } from '../spec/net.ts';
import { Readback } from './readback.ts';

/** Lanes by their names, as they stood between two rounds: enough to go on from there on any backend. */
export type RaceSnapshot = ReadonlyMap<string, LaneSnapshot>;

export interface LaneSnapshot {
  /** The net whose values these are; its gains are no part of a snapshot. */
  readonly net: NetSpec;
  /** Steps that are finished. */
  readonly steps: number;
  /** Whether the running statistics must be measured anew before the next evaluation. */
  readonly stale: boolean;
  readonly divergedAt: number | null;
  /** Weights, velocities and running statistics, flat, by what `Lane.remembered` calls them. */
  readonly values: ReadonlyMap<string, Float32Array>;
}

/** Numbers read at once: 16 MB, which every device can bind. */
const GROUP = 4 * 2 ** 20;

/**
 * The values of float32 tensors as they are at the call. They are copied on the device before this returns its promise,
 * so that they may be changed or disposed of while they are read.
 */
export async function readValues(
  tensors: readonly (readonly [string, Tensor])[],
): Promise<ReadonlyMap<string, Float32Array>> {
  const values = new Map<string, Float32Array>();
  const readbacks: Readback[] = [];
  let room = 0;
  for (const [name, tensor] of tensors) {
    if (tensor.size > room) {
      readbacks.push(new Readback());
      room = GROUP;
    }
    readbacks.at(-1)?.add(tensor.clone(), (read) => values.set(name, read));
    room -= tensor.size;
  }
  await Promise.all(readbacks.map((readback) => readback.flush()));
  return values;
}
