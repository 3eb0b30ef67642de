import { openBrowser, startersIn } from '../browser.ts';
import { type ForwardTask, forwardName } from '../forward-task.ts';
import { interleaveForward } from '../interleave-forward.ts';
import { type Benchmark, compare } from './benchmark.ts';

const TASK: ForwardTask = { passes: 'forward', depth: 50, width: 64, size: 224, batch: 1 };
/** ONNX Runtime's shaders take many seconds on SwiftShader. */
const SMALL: ForwardTask = { ...TASK, size: 64 };
const FEW_REPEATS = 5;

function implementations(task: ForwardTask, backend: 'wasm' | 'webgpu', threads: number) {
  const entry = { backend, task, threads } as const;
  return [
    { name: `ours, ${backend}`, by: 'ours', ...entry },
    { name: `onnxruntime-web, ${backend}`, by: 'onnx', ...entry },
  ] as const;
}

const ROUNDS = [
  { task: TASK, backend: 'wasm', threads: 1, where: 'wasm, 1 thread' },
  { task: TASK, backend: 'wasm', threads: 2, where: 'wasm, 2 threads' },
  { task: SMALL, backend: 'webgpu', threads: 1, where: 'WebGPU by SwiftShader' },
] as const;

export const FORWARD: Benchmark = {
  what: 'a forward pass beside onnxruntime-web, which folds norms too',
  run: async (options) => {
    const browser = await openBrowser();
    try {
      const groups = [];
      for (const { task, backend, threads, where } of ROUNDS) {
        const repeats = backend === 'wasm' ? options.repeats : Math.min(options.repeats, FEW_REPEATS);
        const starters = startersIn(browser, implementations(task, backend, threads));
        groups.push(
          await compare(`${forwardName(task)}, ${where}`, starters, { ...options, repeats }, interleaveForward),
        );
      }
      return groups;
    } finally {
      await browser.close();
    }
  },
};
