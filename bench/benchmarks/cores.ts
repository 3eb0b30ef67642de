import { availableParallelism } from 'node:os';
import type { PresetName } from '../../src/core/experiment/presets.ts';
import { type BenchBrowser, openBrowser } from '../browser.ts';
import { type Options, timeRepeats } from '../interleave.ts';
import type { RaceTask } from '../race-task.ts';
import type { EngineRemote, Remote } from '../remote.ts';
import { type Group, medianRow, milliseconds, type Row } from '../row.ts';
import type { Benchmark } from './benchmark.ts';

const STEPS_PER_REPEAT = 4;

/** Seeds that a person compares. */
const SEEDS = 3;

/** Cores on which lanes are distributed: 1, 2 and all. */
function counts(): readonly number[] {
  return [...new Set([1, 2, availableParallelism()])].filter((count) => count <= availableParallelism());
}

const start = (browser: BenchBrowser, name: string, task: RaceTask): Promise<EngineRemote> =>
  browser.start(name, { by: 'race', backend: 'wasm', task });

/** Races that share nothing, one on each core. A step is a round of one of them: with `count` on as many cores, a share. */
async function independent(browser: BenchBrowser, preset: PresetName, count: number): Promise<Remote> {
  const races: EngineRemote[] = [];
  for (let nth = 0; nth < count; nth++) races.push(await start(browser, 'race', { preset, workers: 1, threads: 1 }));
  return {
    name: `${count} independent races, a round of each divided by ${count}`,
    detail: '1 thread each',
    step: async (steps = 1) => {
      const begun = performance.now();
      const [first] = await Promise.all(races.map((race) => race.step(steps)));
      return { loss: first?.loss ?? Number.NaN, ms: (performance.now() - begun) / steps / count };
    },
    end: async () => {
      for (const race of races) await race.end();
    },
  };
}

/** The median of what one took as a share of the other, repeat by repeat. */
function ratio(name: string, of: readonly number[], to: readonly number[]): Row {
  const shares = of.map((time, repeat) => time / (to[repeat] ?? Number.NaN));
  return medianRow(name, '', shares);
}

/** Rounds of a preset on 1, 2 and all cores, by lanes and by threads, beside independent races. */
async function byCores(browser: BenchBrowser, preset: PresetName, options: Options): Promise<Group> {
  options.progress(preset);
  const remotes: Remote[] = [];
  try {
    for (const cores of counts()) {
      if (cores === 1) {
        remotes.push(await start(browser, '1 core', { preset, workers: 1, threads: 1 }));
        continue;
      }
      remotes.push(await start(browser, `${cores} cores, by threads`, { preset, workers: 1, threads: cores }));
      remotes.push(await start(browser, `${cores} cores, by lanes`, { preset, workers: cores, threads: 1 }));
      remotes.push(await independent(browser, preset, cores));
    }
    const times = await timeRepeats(remotes, { ...options, stepsPerRepeat: STEPS_PER_REPEAT });
    const rows = remotes.map(({ name, detail }, index) => milliseconds(name, detail, times[index] ?? []));
    const shares = counts().flatMap((cores, index) => {
      const [threads = [], lanes = [], apart = []] = times.slice(3 * index - 2);
      const of = (what: string) => `${cores} cores: independent races take this share of the time ${what}`;
      return cores === 1 ? [] : [ratio(of('by lanes'), apart, lanes), ratio(of('by threads'), apart, threads)];
    });
    return { title: `A round of the preset "${preset}"`, rows: [...rows, ...shares] };
  } finally {
    for (const remote of remotes) await remote.end();
  }
}

/** Three seeds of the default preset: one after another, as the page trains them, and each on a core of its own. */
async function seeds(browser: BenchBrowser, options: Options): Promise<Group> {
  options.progress(`${SEEDS} seeds`);
  const cores = availableParallelism();
  const task: RaceTask = { preset: 'degradation', workers: cores, threads: 1 };
  const remotes: Remote[] = [];
  try {
    const race = await start(browser, 'race', task);
    const oneByOne = `${SEEDS} seeds, one after another on ${cores} cores by lanes`;
    const step = async (steps = 1) => {
      const { loss, ms } = await race.step(SEEDS * steps);
      return { loss, ms: SEEDS * ms };
    };
    remotes.push({ ...race, name: oneByOne, step });
    const apart = await independent(browser, 'degradation', SEEDS);
    const together = `${SEEDS} seeds, each an independent race`;
    const all = async (steps = 1) => {
      const { loss, ms } = await apart.step(steps);
      return { loss, ms: SEEDS * ms };
    };
    remotes.push({ ...apart, name: together, step: all });
    const times = await timeRepeats(remotes, { ...options, stepsPerRepeat: STEPS_PER_REPEAT });
    const rows = remotes.map(({ name, detail }, index) => milliseconds(name, detail, times[index] ?? []));
    const [byLanes = [], byRaces = []] = times;
    const share = ratio('independent races take this share of the time by lanes', byRaces, byLanes);
    return { title: `A round of ${SEEDS} seeds of the default preset`, rows: [...rows, share] };
  } finally {
    for (const remote of remotes) await remote.end();
  }
}

export const CORES: Benchmark = {
  what: 'rounds on several cores, with lanes distributed over workers and with threads inside operations',
  run: async (options) => {
    const browser = await openBrowser();
    try {
      const groups: Group[] = [];
      for (const preset of ['degradation', 'sweep'] as const) groups.push(await byCores(browser, preset, options));
      return [...groups, await seeds(browser, options)];
    } finally {
      await browser.close();
    }
  },
};
