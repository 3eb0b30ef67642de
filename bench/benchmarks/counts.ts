import { type BenchBrowser, openBrowser } from '../browser.ts';
import { countStep } from '../count-step.ts';
import type { EngineRemote } from '../remote.ts';
import type { Row } from '../row.ts';
import { rounded } from '../statistics.ts';
import { nameOf, type Task } from '../task.ts';
import type { Benchmark } from './benchmark.ts';

const TASK: Task = { depth: 20, width: 16, size: 32, batch: 128 };

const WHO = [
  { name: 'ours', by: 'ours' },
  { name: 'tfjs-layers', by: 'stock' },
] as const;

/** Enough steps for the system's CPU clock, which counts hundredths of a second. */
const STEPS_MEASURED = 200;

/** The CPU time that asking for a step takes in the browser's renderer, of many in a row as training asks for them. */
async function timeAsking(browser: BenchBrowser, name: string, implementation: EngineRemote): Promise<Row> {
  const before = await browser.rendererSeconds();
  await implementation.step(STEPS_MEASURED);
  const milliseconds = (1000 * ((await browser.rendererSeconds()) - before)) / STEPS_MEASURED;
  return { name: `${name}: CPU of the renderer`, value: rounded(milliseconds, 3), unit: 'ms a step' };
}

export const COUNTS: Benchmark = {
  what: 'what a training step asks of WebGPU, counted while nothing is computed, and the CPU time of asking',
  run: async ({ progress }) => {
    const browser = await openBrowser();
    try {
      const rows: Row[] = [];
      for (const { name, by } of WHO) {
        progress(`counting a step of ${name}`);
        const implementation = await browser.start(name, { by, backend: 'webgpu', task: TASK, count: 'skip' });
        rows.push(...(await countStep(name, implementation)), await timeAsking(browser, name, implementation));
        await implementation.end();
      }
      return [{ title: `WebGPU, one step of ${nameOf(TASK)}`, rows }];
    } finally {
      await browser.close();
    }
  },
};
