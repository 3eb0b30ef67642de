/** The documents that show bench/results: docs/benchmarks.md whole, and a few rows in the README. */
import { type BenchRecord, recorded } from './record.ts';
import { number, provenance, table } from './table.ts';

/** In the order of the page. */
const NAMES = [
  'stock',
  'nogpu',
  'cpu',
  'jax',
  'torch',
  'widths',
  'choices',
  'forward',
  'counts',
  'scaling',
  'cores',
  'page',
  'tabs',
  'load',
  'gpu',
  'gpu-forward',
  'gpu-lanes',
];

/** Rows of the README: a group of a record, the row that is this engine, and the rows to compare it with. */
const HEADLINES = [
  {
    record: 'gpu',
    group: 'ResNet-20, width 16, 32×32, batch 128',
    where: 'WebGPU (Dawn), NVIDIA H100',
    ours: 'ours',
    others: ['PyTorch eager', 'tfjs-layers'],
  },
  {
    record: 'nogpu',
    group: 'ResNet-20, width 16, 32×32, batch 32, without a GPU (webgl by SwiftShader)',
    where: 'WebAssembly, 2 cores',
    ours: 'ours, wasm, all threads',
    others: ['tfjs-layers, webgl'],
  },
  {
    record: 'torch',
    group: 'ResNet-20, width 16, 32×32, batch 32',
    where: 'WebAssembly, 1 thread',
    ours: 'ours, wasm, 1 thread',
    others: ['PyTorch, 1 thread'],
  },
] as const;

type Headline = (typeof HEADLINES)[number];

/** All records, one section each. */
export function benchmarks(): string {
  const records = NAMES.map(recorded).filter((each) => each !== null);
  if (records.length === 0) return 'Nothing is recorded yet.';
  return records.map(section).join('\n\n');
}

function section(record: BenchRecord): string {
  const title = `${record.what.charAt(0).toUpperCase()}${record.what.slice(1)}`;
  return `## ${title}\n\n${provenance(record)}\n\n${table(record)}`;
}

/** The rows of the README. Throws where a record has no such row. */
export function headlines(): string {
  const lines = HEADLINES.map(headline);
  return ['| training step of | on | this engine | others |', '|---|---|---|---|', ...lines].join('\n');
}

function headline({ record, group, where, ours, others }: Headline): string {
  const rows = recorded(record)?.groups.find(({ title }) => title === group)?.rows ?? [];
  const time = (name: string) => {
    const row = rows.find((each) => each.name === name);
    if (row === undefined) throw new Error(`bench/results/${record}.json: no row "${name}" in "${group}"`);
    return `${number(row.value)} ${row.unit}`;
  };
  const [net = ''] = group.split(', without');
  return `| ${net} | ${where} | ${time(ours)} | ${others.map((name) => `${name}: ${time(name)}`).join('; ')} |`;
}
