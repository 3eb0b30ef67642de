import { openBrowser, startersIn } from '../browser.ts';
import { nameOf, type Task } from '../task.ts';
import { findTorch, startTorch } from '../torch.ts';
import { type Benchmark, compare } from './benchmark.ts';

const TASKS: readonly Task[] = [
  { depth: 8, width: 8, size: 16, batch: 16 },
  { depth: 20, width: 16, size: 32, batch: 32 },
];

export const TORCH: Benchmark = {
  what: 'a training step on one core beside PyTorch',
  run: async (options) => {
    const python = findTorch();
    const browser = await openBrowser();
    try {
      const groups = [];
      for (const task of TASKS) {
        const start = () => {
          if (python === null) throw new Error('no Python here has PyTorch; BENCH_PYTHON may name one');
          return startTorch('PyTorch, 1 thread', python, task, { device: 'cpu', compile: false });
        };
        const ours = { name: 'ours, wasm, 1 thread', by: 'ours', backend: 'wasm', task, threads: 1 } as const;
        const starters = [...startersIn(browser, [ours]), { name: 'PyTorch, 1 thread', start }];
        groups.push(await compare(nameOf(task), starters, options));
      }
      return groups;
    } finally {
      await browser.close();
    }
  },
};
