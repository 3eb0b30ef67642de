import { compare, type Starter } from './benchmarks/benchmark.ts';
import { type ForwardTask, forwardName } from './forward-task.ts';
import type { Options } from './interleave.ts';
import { interleaveForward } from './interleave-forward.ts';
import { startInNode } from './node.ts';
import type { ForwardRemote } from './remote.ts';
import type { Group } from './row.ts';
import { findTorch, startTorchForward } from './torch.ts';

const BATCHES = [1, 32];
/** An adapter in software is given something to do that it can finish. */
const SMALL = { size: 64, batches: [1, 2], repeats: 3, stepsPerRepeat: 1 } as const;

/** Forward passes on a GPU beside PyTorch on the same one; on a small scale where the adapter is software. */
export async function forwardOnGpu(software: boolean, given: Options): Promise<readonly Group[]> {
  const options = software ? { ...given, repeats: SMALL.repeats, stepsPerRepeat: SMALL.stepsPerRepeat } : given;
  const device = software ? 'cpu' : 'cuda';
  const python = findTorch(software ? 'import torch' : 'import torch; assert torch.cuda.is_available()');
  const torch = (name: string, task: ForwardTask, tf32: boolean): Starter<ForwardRemote> => ({
    name,
    start: () => {
      if (python === null) throw new Error(`no Python here has PyTorch for ${device}; BENCH_PYTHON may name one`);
      return startTorchForward(name, python, task, { device, tf32 });
    },
  });
  const groups: Group[] = [];
  for (const batch of software ? SMALL.batches : BATCHES) {
    const task: ForwardTask = { passes: 'forward', depth: 50, width: 64, size: software ? SMALL.size : 224, batch };
    const starters = [
      { name: 'ours', start: () => startInNode('ours', { by: 'ours', backend: 'webgpu', task }) },
      torch('PyTorch eager, float32', task, false),
      torch('PyTorch eager, TF32', task, true),
    ];
    groups.push(await compare(forwardName(task), starters, options, interleaveForward));
  }
  return groups;
}
