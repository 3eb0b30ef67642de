import { openBrowser, startersIn } from '../browser.ts';
import { nameOf, type Task } from '../task.ts';
import { type Benchmark, compare } from './benchmark.ts';

const SMALL: Task = { depth: 8, width: 8, size: 16, batch: 16 };
const LARGE: Task = { depth: 20, width: 16, size: 32, batch: 32 };

/** tfjs' own steps take from twenty seconds to a minute and a half there. */
const FEW_REPEATS = 5;

function implementations(task: Task, stock: 'cpu' | 'webgl') {
  return [
    { name: 'ours, wasm, 1 thread', by: 'ours', backend: 'wasm', task, threads: 1 },
    { name: 'ours, wasm, all threads', by: 'ours', backend: 'wasm', task },
    { name: `tfjs-layers, ${stock}`, by: 'stock', backend: stock, task },
  ] as const;
}

function versus(rounds: readonly { readonly task: Task; readonly stock: 'cpu' | 'webgl' }[], what: string): Benchmark {
  return {
    what,
    run: async (options) => {
      const browser = await openBrowser();
      try {
        const groups = [];
        for (const { task, stock } of rounds) {
          const repeats = task === SMALL ? options.repeats : Math.min(options.repeats, FEW_REPEATS);
          const title = `${nameOf(task)}, without a GPU${stock === 'webgl' ? ' (webgl by SwiftShader)' : ''}`;
          groups.push(await compare(title, startersIn(browser, implementations(task, stock)), { ...options, repeats }));
        }
        return groups;
      } finally {
        await browser.close();
      }
    },
  };
}

/** Stock tfjs cannot train on wasm: it is compared where it can. */
export const NO_GPU: Benchmark = versus(
  [
    { task: SMALL, stock: 'cpu' },
    { task: LARGE, stock: 'webgl' },
  ],
  'a training step without a GPU beside tfjs-layers, which cannot train on wasm',
);

/** A quarter of an hour. */
export const CPU: Benchmark = versus([{ task: LARGE, stock: 'cpu' }], 'the same beside tfjs-layers on its cpu backend');
