import type { PresetName } from '../src/core/experiment/presets.ts';

/** A race of a preset as the page trains it, on wasm. */
export interface RaceTask {
  readonly preset: PresetName;
  /** Workers among which the lanes are distributed. */
  readonly workers: number;
  /** Threads of the only worker; several workers have one each. */
  readonly threads: number;
}

export function isRace(task: object): task is RaceTask {
  return 'preset' in task;
}

/** Name of the workers that train a shard: they run the script of the worker that starts them. */
export const SHARD = 'shard';
