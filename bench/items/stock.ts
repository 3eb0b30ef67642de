import { invite, openBrowser } from '../browser.ts';
import { nameOf, type Task } from '../task.ts';
import { compare, type Item } from './item.ts';

const ON_WEBGPU: readonly Task[] = [
  { depth: 8, width: 8, size: 16, batch: 16 },
  { depth: 20, width: 16, size: 16, batch: 16 },
];
const WITHOUT_GPU: Task = { depth: 20, width: 16, size: 32, batch: 32 };

/** tfjs' own steps take half a minute there. */
const FEW_TURNS = 5;

export const STOCK: Item = {
  what: 'a training step beside tfjs-layers, as tfjs comes',
  run: async (options) => {
    const browser = await openBrowser();
    try {
      const groups = [];
      for (const task of ON_WEBGPU) {
        const invited = [
          { name: 'ours, webgpu', by: 'ours', backend: 'webgpu', task },
          { name: 'tfjs-layers, webgpu', by: 'stock', backend: 'webgpu', task },
        ] as const;
        const title = `${nameOf(task)}, WebGPU by SwiftShader`;
        groups.push(await compare(title, invite(browser, invited), options));
      }
      const task = WITHOUT_GPU;
      const invited = [
        { name: 'ours, wasm, 1 thread', by: 'ours', backend: 'wasm', task, threads: 1 },
        { name: 'ours, wasm, all threads', by: 'ours', backend: 'wasm', task },
        { name: 'tfjs-layers, cpu', by: 'stock', backend: 'cpu', task },
        { name: 'tfjs-layers, webgl', by: 'stock', backend: 'webgl', task },
      ] as const;
      const turns = Math.min(options.turns, FEW_TURNS);
      const title = `${nameOf(task)}, without a GPU (webgl by SwiftShader)`;
      groups.push(await compare(title, invite(browser, invited), { ...options, turns }));
      return groups;
    } finally {
      await browser.close();
    }
  },
};
