import { openBrowser, startersIn } from '../browser.ts';
import type { Entry } from '../implementations/implementation.ts';
import { type StarterOf, scaling } from '../scaling.ts';
import type { Benchmark } from './benchmark.ts';

const STEPS_PER_REPEAT = 10;

export const SCALING: Benchmark = {
  what: 'step time and peak bytes as the work grows',
  run: async (options) => {
    const browser = await openBrowser();
    try {
      const starterOf: StarterOf = (name, task, lanes) => {
        const entry: Entry = { by: 'ours', backend: 'wasm', task, lanes };
        const [starter] = startersIn(browser, [{ name, ...entry }]);
        if (starter === undefined) throw new Error(`${name}: it cannot be started`);
        return starter;
      };
      // A step alone is too short for what else the machine does.
      return await scaling('wasm, all threads', starterOf, { ...options, stepsPerRepeat: STEPS_PER_REPEAT });
    } finally {
      await browser.close();
    }
  },
};
