import type { Experiment } from '../src/core/experiment/experiment.ts';
import { PRESET_NAMES, PRESETS, type PresetName } from '../src/core/experiment/presets.ts';
import { multiplyAdds } from '../src/core/net/cost.ts';
import { buildGraph } from '../src/core/net/graph.ts';
import { makeNet } from '../src/core/net/net.ts';
import { type BenchRecord, recorded } from './record.ts';
import { number } from './table.ts';

/** Classes of the emoji by designer, as all presets tell them apart. */
const CLASSES = 4;

/** Forward, and twice as much backward. */
const PASSES = 3;

/** A measured training step: of which record, group and row, and the net that it was of. */
interface Measured {
  readonly record: string;
  readonly group: RegExp;
  readonly row: RegExp;
  readonly net: { readonly depth: number; readonly width: number; readonly size: 16 | 32; readonly batch: number };
}

const SMALL = { depth: 8, width: 8, size: 16, batch: 16 } as const;
const LARGE = { depth: 20, width: 16, size: 32, batch: 32 } as const;

/** Without a GPU small nets run at a lower rate than large ones; those of the presets are in between. */
const WASM = [
  { record: 'nogpu', group: /^ResNet-8,/, row: /all threads/, net: SMALL },
  { record: 'nogpu', group: /^ResNet-20,/, row: /all threads/, net: LARGE },
] as const satisfies readonly Measured[];

/** On a GPU a step of a small net takes as long as starting its kernels, whose number goes by its layers. */
const GPU = {
  record: 'gpu',
  group: /16×16, batch 16/,
  row: /^ours$/,
  net: { ...SMALL, depth: 20, width: 16 },
} as const;

/**
 * What presets of thinner nets than those that were measured take without a GPU, in seconds, on two cores and on one: by the
 * record of a thousand layers, in which a step of a net of 1,202 layers takes 0.6 s of one core.
 */
const BY_RECORD: Readonly<Partial<Record<PresetName, readonly [low: number, high: number]>>> = {
  preactivation: [50, 110],
};

/** Words of the table. */
const WORDS = {
  en: {
    head: (cores: string) => ['link', 'nets', 'steps', `${cores} cores, no GPU`, 'data-centre GPU'],
    seconds: (low: string, high: string) => `${low} to ${high} s`,
    about: (seconds: string) => `about ${seconds} s`,
  },
  zh: {
    head: (cores: string) => ['链接', '网络数', '步数', `${cores} 核，无 GPU`, '数据中心 GPU'],
    seconds: (low: string, high: string) => `${low} 到 ${high} 秒`,
    about: (seconds: string) => `约 ${seconds} 秒`,
  },
} as const;

/**
 * What each preset takes to its end, as a Markdown table: computed from its multiply-adds and layers by the training
 * steps in `bench/results`.
 */
export function presetTimes(language: keyof typeof WORDS): string {
  const { head, seconds, about } = WORDS[language];
  const rates = WASM.map(rateOf).toSorted((a, b) => b - a);
  const [fast = Number.NaN, slow = Number.NaN] = rates;
  const perLayer = millisecondsOf(GPU) / GPU.net.depth / 1000;
  const lines = PRESET_NAMES.map((name) => {
    const { lanes, until } = PRESETS[name];
    const work = workOf(PRESETS[name]);
    const [low, high]: readonly [number, number] = BY_RECORD[name] ?? [work / fast, work / slow];
    const layers = lanes.reduce((sum, { net }) => sum + net.depth, 0);
    const cells = [
      `\`?preset=${name}\``,
      lanes.length,
      until,
      seconds(rough(low), rough(high)),
      about(rough(until * layers * perLayer)),
    ];
    return `| ${cells.join(' | ')} |`;
  });
  const [, cores = '?'] = /(\d+) cores/.exec(recorded('nogpu')?.machine ?? '') ?? [];
  return [`| ${head(cores).join(' | ')} |`, '|---|---|---|---|---|', ...lines].join('\n');
}

/** What an experiment takes without a GPU at the lower of the two rates, in seconds. */
export function slowestSeconds(experiment: Experiment): number {
  return workOf(experiment) / Math.min(...WASM.map(rateOf));
}

/** Multiply-adds of an experiment from its first step to its end. */
function workOf({ lanes, recipe, data, until }: Experiment): number {
  const perImage = lanes.reduce((sum, { net }) => sum + multiplyAdds(buildGraph(net, data.size, CLASSES)), 0);
  return PASSES * recipe.batch * until * perImage;
}

/** Multiply-adds a second of a measured step. */
function rateOf(measured: Measured): number {
  const { depth, width, size, batch } = measured.net;
  const net = makeNet('residual', depth, { width });
  return (PASSES * batch * multiplyAdds(buildGraph(net, size, CLASSES))) / (millisecondsOf(measured) / 1000);
}

function millisecondsOf({ record, group, row }: Measured): number {
  const result: BenchRecord | null = recorded(record);
  const rows = result?.groups.find(({ title }) => group.test(title))?.rows;
  const value = rows?.find(({ name, unit }) => unit === 'ms' && row.test(name))?.value;
  if (value == null) throw new Error(`bench/results/${record}.json: no row ${row} in a group ${group}`);
  return value;
}

/** To one digit, or two from 10 on: more would be more than is known. */
function rough(seconds: number): string {
  const precise = seconds < 10 ? 1 : 2;
  return number(Number(seconds.toPrecision(precise)));
}
