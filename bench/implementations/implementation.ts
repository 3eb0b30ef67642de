import type { ForwardTask } from '../forward-task.ts';
import type { RaceTask } from '../race-task.ts';
import type { Task } from '../task.ts';

/** Who takes part: by what, on what, and with how many lanes or threads. */
export interface Entry {
  readonly by: 'ours' | 'race' | 'stock' | 'jax' | 'onnx';
  readonly backend: 'webgpu' | 'wasm' | 'cpu' | 'webgl';
  readonly task: Task | ForwardTask | RaceTask;
  /** Nets that make a step each; 1 by default. */
  readonly lanes?: number;
  /** The most threads; all that help by default. */
  readonly threads?: number;
  /** Counts what WebGPU is asked for. With `skip` nothing is computed, only asked for. */
  readonly count?: 'run' | 'skip';
}

export interface Step {
  /** Loss of the last step's batch before its update, averaged over the lanes. 0 for a forward pass alone. */
  readonly loss: number;
  /** Milliseconds a step, until the last one's loss was there. */
  readonly ms: number;
}

/** A net in training, or one that is only run. */
export interface Implementation {
  /** "2 threads", "SwiftShader". */
  readonly detail: string;
  /** Runs `count` steps in a row; resolves with the last one's loss when all are done. */
  readonly step: (count: number) => Promise<number>;
  /** The most bytes of tensors that there are at once in a step, where the implementation can tell. */
  readonly peak?: () => Promise<number>;
  /** What a net that is only run answers: [N * classes]. */
  readonly logits?: () => Promise<Float32Array>;
}

export async function timed({ step }: Implementation, count = 1): Promise<Step> {
  const begun = performance.now();
  const loss = await step(count);
  return { loss, ms: (performance.now() - begun) / count };
}
