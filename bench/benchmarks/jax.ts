import { openBrowser, startersIn } from '../browser.ts';
import { nameOf, type Task } from '../task.ts';
import { type Benchmark, compare } from './benchmark.ts';

const TASKS: readonly Task[] = [
  { depth: 8, width: 8, size: 16, batch: 16 },
  { depth: 20, width: 16, size: 32, batch: 32 },
];

/** jax-js takes seconds for a step of the larger net. */
const FEW_REPEATS = 5;

export const JAX: Benchmark = {
  what: 'a training step beside jax-js, under its jit',
  run: async (options) => {
    const browser = await openBrowser();
    try {
      const groups = [];
      for (const [index, task] of TASKS.entries()) {
        const repeats = index === 0 ? options.repeats : Math.min(options.repeats, FEW_REPEATS);
        for (const { backend, where } of [
          { backend: 'webgpu', where: 'WebGPU by SwiftShader' },
          { backend: 'wasm', where: 'wasm, all threads' },
        ] as const) {
          const starters = [
            { name: `ours, ${backend}`, by: 'ours', backend, task },
            { name: `jax-js, ${backend}`, by: 'jax', backend, task },
          ] as const;
          groups.push(
            await compare(`${nameOf(task)}, ${where}`, startersIn(browser, starters), { ...options, repeats }),
          );
        }
      }
      return groups;
    } finally {
      await browser.close();
    }
  },
};
