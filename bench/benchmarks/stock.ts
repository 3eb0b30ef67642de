import { openBrowser, startersIn } from '../browser.ts';
import { nameOf, type Task } from '../task.ts';
import { type Benchmark, compare } from './benchmark.ts';

const ON_WEBGPU: readonly Task[] = [
  { depth: 8, width: 8, size: 16, batch: 16 },
  { depth: 20, width: 16, size: 16, batch: 16 },
];

export const STOCK: Benchmark = {
  what: 'a training step beside tfjs-layers, as tfjs comes',
  run: async (options) => {
    const browser = await openBrowser();
    try {
      const groups = [];
      for (const task of ON_WEBGPU) {
        const starters = [
          { name: 'ours, webgpu', by: 'ours', backend: 'webgpu', task },
          { name: 'tfjs-layers, webgpu', by: 'stock', backend: 'webgpu', task },
        ] as const;
        const title = `${nameOf(task)}, WebGPU by SwiftShader`;
        groups.push(await compare(title, startersIn(browser, starters), options));
      }
      return groups;
    } finally {
      await browser.close();
    }
  },
};
