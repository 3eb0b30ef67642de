import { multiplyAdds } from '../../src/core/net/cost.ts';
import { SPEED_TASKS } from '../../src/core/results/device-speed.ts';
import { type BenchBrowser, openBrowser, startersIn } from '../browser.ts';
import { interleave, type Options } from '../interleave.ts';
import type { Remote } from '../remote.ts';
import { milliseconds, type Row } from '../row.ts';
import { rounded } from '../statistics.ts';
import { graphOf, nameOf, type Task } from '../task.ts';
import { findTorch, startTorch } from '../torch.ts';
import { type Benchmark, compare } from './benchmark.ts';

const WIDTHS = [4, 8, 16, 32, 64];
const BASE = { depth: 20, size: 16, batch: 64 } as const;

/** Floating-point operations of a training step, as a direct convolution takes them; the backward pass takes twice the forward's. */
function operationsOf(task: Task): number {
  return 3 * 2 * multiplyAdds(graphOf(task)) * task.batch;
}

/** Steps of a measurement of CPU time, which the browser counts in hundredths of a second. */
const CPU_REPEATS = 3;
const FEWEST_STEPS = 4;
const MILLISECONDS = 1500;

/**
 * Times, and behind them the CPU time of our step and its rate: on one thread the two times are the same but for what
 * else the machine does. An algorithm that takes fewer operations, such as Winograd's, has a higher rate.
 */
function withRates(task: Task, { rendererSeconds }: BenchBrowser) {
  return async (implementations: readonly Remote[], options: Options): Promise<readonly Row[]> => {
    const times = await interleave(implementations, options);
    const [ours] = implementations;
    const [time] = times;
    if (ours === undefined || time === undefined) return times;
    const steps = Math.max(FEWEST_STEPS, Math.round(MILLISECONDS / time.value));
    const taken: number[] = [];
    for (let nth = 0; nth < CPU_REPEATS; nth++) {
      const before = await rendererSeconds();
      await ours.step(steps);
      taken.push((1000 * ((await rendererSeconds()) - before)) / steps);
    }
    const cpu = milliseconds(`${ours.name}: CPU time`, time.detail ?? '', taken);
    const rate = (what: string, ms: number): Row => {
      return { name: what, value: rounded(operationsOf(task) / ms / 1e6, 3), unit: 'GFLOP/s' };
    };
    const others = times.slice(1).flatMap((row) => [row, rate(`${row.name}: rate`, row.value)]);
    return [time, cpu, rate(`${ours.name}: rate by CPU time`, cpu.value), ...others];
  };
}

export const WIDTHS_BENCHMARK: Benchmark = {
  what: 'a training step on one core by width, beside PyTorch where Python has it',
  run: async (options) => {
    const python = findTorch();
    const browser = await openBrowser();
    const widths = WIDTHS.map((width): Task => ({ ...BASE, width }));
    // Also the nets of the device menu, which shows these times beside its own.
    const menu = SPEED_TASKS.filter(({ type }) => type === 'step');
    try {
      const groups = [];
      for (const task of [...widths, ...menu]) {
        const start = () => {
          if (python === null) throw new Error('no Python here has PyTorch; BENCH_PYTHON may name one');
          return startTorch('PyTorch, 1 thread', python, task, { device: 'cpu', compile: false });
        };
        const ours = { name: 'ours, wasm, 1 thread', by: 'ours', backend: 'wasm', task, threads: 1 } as const;
        const starters = [...startersIn(browser, [ours]), { name: 'PyTorch, 1 thread', start }];
        groups.push(await compare<Remote>(nameOf(task), starters, options, withRates(task, browser)));
      }
      return groups;
    } finally {
      await browser.close();
    }
  },
};
