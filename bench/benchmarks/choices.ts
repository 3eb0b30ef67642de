import type { BlockChoices } from '../../src/core/net/choices.ts';
import { trainingBytes } from '../../src/core/net/memory.ts';
import { netName } from '../../src/core/net/net.ts';
import { type BenchBrowser, openBrowser, startersIn } from '../browser.ts';
import type { Options } from '../interleave.ts';
import type { EngineRemote } from '../remote.ts';
import { milliseconds, type Row } from '../row.ts';
import { median, rounded } from '../statistics.ts';
import { graphOf, nameOf, netOf, type Task } from '../task.ts';
import { type Benchmark, compare } from './benchmark.ts';

/** The blocks of He et al. 2015, and one net for each choice in which a block may differ. */
const CHOICES: readonly BlockChoices[] = [
  {},
  { order: 'pre-activation' },
  { order: 'relu-before-sum' },
  { order: 'norm-after-sum' },
  { order: 'relu-only-pre-activation' },
  { norm: { type: 'none' } },
  { norm: { type: 'group', groups: 4 } },
  { norm: { type: 'none' }, shortcut: { type: 'scalar', start: 0 } },
  { shortcut: { type: 'highway', bias: -2 } },
  { shortcut: { type: 'dropout', rate: 0.5 } },
  { shortcut: { type: 'concat' } },
  { shortcut: { type: 'dense', growth: 4 } },
  { slope: 0.5 },
  { span: 1 },
  { span: 3 },
  { drop: 0.5 },
  { rep: true },
];

const BASE = { depth: 32, width: 8, size: 16, batch: 32 } as const;
const NETS = CHOICES.map((choices) => {
  const task: Task = { ...BASE, choices };
  return { name: netName(netOf(task)), task, bytes: trainingBytes(graphOf(task), task.batch) };
});

const WARM_UP = 3;

/** Steps of a measurement: the browser counts CPU time in hundredths of a second. */
const STEPS = 10;

/** The CPU time of each in turn, and beside it time and memory as a share of the first one's. */
function besideTheFirst({ rendererSeconds }: BenchBrowser) {
  return async (remotes: readonly EngineRemote[], { repeats, progress }: Options): Promise<readonly Row[]> => {
    const [first] = NETS;
    if (first === undefined || remotes[0]?.name !== first.name)
      throw new Error('choices: there is nothing to compare with');
    for (const remote of remotes) await remote.step(WARM_UP);
    const times = remotes.map((): number[] => []);
    for (let repeat = 1; repeat <= repeats; repeat++) {
      progress(`repeat ${repeat} of ${repeats}`);
      for (const [nth, remote] of remotes.entries()) {
        const before = await rendererSeconds();
        await remote.step(STEPS);
        times[nth]?.push((1000 * ((await rendererSeconds()) - before)) / STEPS);
      }
    }
    return remotes.map(({ name }, nth) => {
      const share = median((times[nth] ?? []).map((time, repeat) => time / (times[0]?.[repeat] ?? Number.NaN)));
      // By name: a net that could not be made is not among them.
      const { bytes = Number.NaN } = NETS.find((each) => each.name === name) ?? {};
      const ofMemory = `${rounded(bytes / 1e6)} MB, ${(bytes / first.bytes).toFixed(2)} of the memory`;
      return milliseconds(name, `${share.toFixed(2)} of the time; ${ofMemory}`, times[nth] ?? []);
    });
  };
}

export const CHOICES_BENCHMARK: Benchmark = {
  what: 'CPU time and memory of a training step with each kind of block beside those of 2015, on one core',
  run: async (options) => {
    const browser = await openBrowser();
    try {
      const entries = NETS.map(({ name, task }) => {
        return { name, by: 'ours', backend: 'wasm', task, threads: 1 } as const;
      });
      return [await compare(nameOf(BASE), startersIn(browser, entries), options, besideTheFirst(browser))];
    } finally {
      await browser.close();
    }
  },
};
