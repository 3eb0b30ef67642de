/** `npm run bench`: builds and measures, writes bench/results/*.json, and updates the documents that show them. */
import { execFileSync } from 'node:child_process';
import { readFileSync, writeFileSync } from 'node:fs';
import { Command, InvalidArgumentError } from 'commander';
import { between } from '../scripts/marked-part.ts';
import type { Benchmark } from './benchmarks/benchmark.ts';
import { CHOICES_BENCHMARK } from './benchmarks/choices.ts';
import { CORES } from './benchmarks/cores.ts';
import { COUNTS } from './benchmarks/counts.ts';
import { FORWARD } from './benchmarks/forward.ts';
import { JAX } from './benchmarks/jax.ts';
import { LOAD } from './benchmarks/load.ts';
import { CPU, NO_GPU } from './benchmarks/no-gpu.ts';
import { PAGE } from './benchmarks/page.ts';
import { SCALING } from './benchmarks/scaling.ts';
import { STOCK } from './benchmarks/stock.ts';
import { TABS_BENCHMARK } from './benchmarks/tabs.ts';
import { TORCH } from './benchmarks/torch.ts';
import { WIDTHS_BENCHMARK } from './benchmarks/widths.ts';
import { launchBrowser } from './browser.ts';
import { parseCount } from './parse-count.ts';
import { presetTimes } from './presets.ts';
import { record } from './record.ts';
import { benchmarks, headlines } from './report.ts';

const BENCHMARKS: Readonly<Record<string, Benchmark>> = {
  stock: STOCK,
  nogpu: NO_GPU,
  cpu: CPU,
  jax: JAX,
  torch: TORCH,
  widths: WIDTHS_BENCHMARK,
  choices: CHOICES_BENCHMARK,
  forward: FORWARD,
  counts: COUNTS,
  scaling: SCALING,
  cores: CORES,
  page: PAGE,
  tabs: TABS_BENCHMARK,
  load: LOAD,
};
const NAMES = Object.keys(BENCHMARKS);

const program = new Command('npm run bench --')
  .description('Benchmarks; each writes bench/results/NAME.json.')
  .option('--only <names>', `some of ${NAMES.join(', ')}, with commas`, parseNames, NAMES)
  .option('--repeats <count>', 'how often each implementation is timed', parseCount, 7)
  .option('--no-write', 'prints the results instead of writing them')
  .option('--table', 'measures nothing: updates the documents that show bench/results')
  .parse();
const {
  only,
  repeats,
  write,
  table: tableOnly = false,
} = program.opts<{
  only: readonly string[];
  repeats: number;
  write: boolean;
  table?: boolean;
}>();

const log = (text: string) => process.stdout.write(`${new Date().toTimeString().slice(0, 8)} ${text}\n`);

if (!tableOnly) {
  execFileSync('npm', ['run', 'build'], { stdio: 'inherit' });
  const browser = await launchBrowser();
  const versions = { chromium: browser.version() };
  await browser.close();
  for (const name of only) {
    const benchmark = BENCHMARKS[name];
    if (benchmark === undefined) continue;
    log(`${name}: ${benchmark.what}`);
    const groups = await benchmark.run({ repeats, progress: (text) => log(`  ${text}`) });
    const { what } = benchmark;
    if (write) record(name, { what, groups, repeats, versions });
    else process.stdout.write(`${JSON.stringify(groups, null, 2)}\n`);
  }
}
if (write) {
  update('docs/benchmarks.md', benchmarks());
  update('README.md', headlines());
  update('docs/teaching.md', presetTimes('en'), 'presets');
  update('docs/teaching.zh.md', presetTimes('zh'), 'presets');
}

function update(path: string, content: string, markers = 'bench'): void {
  const file = new URL(`../${path}`, import.meta.url);
  writeFileSync(file, between(readFileSync(file, 'utf8'), markers, content));
  log(`${path}: shows bench/results`);
}

function parseNames(text: string): readonly string[] {
  const names = text.split(',');
  for (const name of names) {
    if (!NAMES.includes(name)) throw new InvalidArgumentError(`"${name}" is not one of ${NAMES.join(', ')}`);
  }
  return names;
}
