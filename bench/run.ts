/** `npm run bench`: measures, writes bench/results/*.json, and updates the documents that show them. */
import { readFileSync, writeFileSync } from 'node:fs';
import { Command, InvalidArgumentError } from 'commander';
import { launchBrowser } from './browser.ts';
import { COUNTS } from './items/counts.ts';
import { FORWARD } from './items/forward.ts';
import { GROWTH } from './items/growth.ts';
import type { Item } from './items/item.ts';
import { JAX } from './items/jax.ts';
import { CPU, NO_GPU } from './items/no-gpu.ts';
import { PAGE } from './items/page.ts';
import { STOCK } from './items/stock.ts';
import { TORCH } from './items/torch.ts';
import { record } from './record.ts';
import { benchmarks, headlines } from './report.ts';
import { between } from './table.ts';

const ITEMS: Readonly<Record<string, Item>> = {
  stock: STOCK,
  nogpu: NO_GPU,
  cpu: CPU,
  jax: JAX,
  torch: TORCH,
  forward: FORWARD,
  counts: COUNTS,
  growth: GROWTH,
  page: PAGE,
};
const NAMES = Object.keys(ITEMS);

const program = new Command('npm run bench --')
  .description('Benchmarks; each writes bench/results/NAME.json.')
  .option('--only <names>', `some of ${NAMES.join(', ')}, with commas`, parseNames, NAMES)
  .option('--turns <count>', 'how often each contender is timed', parseCount, 7)
  .option('--no-write', 'prints the results instead of writing them')
  .option('--table', 'measures nothing: updates docs/benchmarks.md and the README from bench/results')
  .parse();
const {
  only,
  turns,
  write,
  table: tableOnly = false,
} = program.opts<{
  only: readonly string[];
  turns: number;
  write: boolean;
  table?: boolean;
}>();

const log = (text: string) => process.stdout.write(`${new Date().toTimeString().slice(0, 8)} ${text}\n`);

if (!tableOnly) {
  const browser = await launchBrowser();
  const versions = { chromium: browser.version() };
  await browser.close();
  for (const name of only) {
    const item = ITEMS[name];
    if (item === undefined) continue;
    log(`${name}: ${item.what}`);
    const groups = await item.run({ turns, progress: (text) => log(`  ${text}`) });
    const { what } = item;
    if (write) record(name, { what, groups, turns, versions });
    else process.stdout.write(`${JSON.stringify(groups, null, 2)}\n`);
  }
}
if (write) {
  update('docs/benchmarks.md', benchmarks());
  update('README.md', headlines());
}

function update(path: string, content: string): void {
  const file = new URL(`../${path}`, import.meta.url);
  writeFileSync(file, between(readFileSync(file, 'utf8'), 'bench', content));
  log(`${path}: shows bench/results`);
}

function parseNames(text: string): readonly string[] {
  const names = text.split(',');
  for (const name of names) {
    if (!NAMES.includes(name)) throw new InvalidArgumentError(`"${name}" is not one of ${NAMES.join(', ')}`);
  }
  return names;
}

function parseCount(text: string): number {
  const count = Number(text);
  if (!Number.isInteger(count) || count < 1) throw new InvalidArgumentError(`"${text}" is not a whole number from 1`);
  return count;
}
