/** The documents that show bench/results: docs/benchmarks.md whole, and a few rows in the README. */
import { type BenchRecord, recorded, recordedNames } from './record.ts';
import { number, provenance, table } from './table.ts';

/** The order of the page; other records come behind. */
const ORDER = [
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

/**
 * Rows of the README: a group of a record, the row that is this engine, the rows to compare it with, and the row whose
 * detail ends with the device.
 */
const HEADLINES = [
  {
    record: 'gpu',
    group: 'ResNet-20, width 16, 32×32, batch 128',
    where: 'WebGPU (Dawn)',
    device: 'PyTorch eager',
    ours: 'ours',
    others: ['PyTorch eager', 'tfjs-layers'],
  },
  {
    record: 'nogpu',
    group: 'ResNet-20, width 16, 32×32, batch 32, without a GPU (webgl by SwiftShader)',
    where: 'WebAssembly',
    device: 'ours, wasm, all threads',
    ours: 'ours, wasm, all threads',
    others: ['tfjs-layers, webgl'],
  },
  {
    record: 'torch',
    group: 'ResNet-20, width 16, 32×32, batch 32',
    where: 'WebAssembly',
    device: 'ours, wasm, 1 thread',
    ours: 'ours, wasm, 1 thread',
    others: ['PyTorch, 1 thread'],
  },
] as const;

type Headline = (typeof HEADLINES)[number];

/** All records, one section each. */
export function benchmarks(): string {
  const names = new Set([...ORDER, ...recordedNames()]);
  const records = [...names].map(recorded).filter((each) => each !== null);
  if (records.length === 0) return 'Nothing is recorded yet.';
  return records.map(section).join('\n\n');
}

function section(record: BenchRecord): string {
  const title = `${record.what.charAt(0).toUpperCase()}${record.what.slice(1)}`;
  return `## ${title}\n\n${provenance(record)}\n\n${table(record)}`;
}

/** The rows of the README; what a record lacks of others is a dash. Throws where it has no row of this engine. */
export function headlines(read: (name: string) => Pick<BenchRecord, 'groups'> | null = recorded): string {
  const lines = HEADLINES.map((each) => headline(each, read(each.record)?.groups ?? []));
  return ['| training step of | on | this engine | others |', '|---|---|---|---|', ...lines].join('\n');
}

function headline({ record, group, where, device, ours, others }: Headline, groups: BenchRecord['groups']): string {
  const rows = groups.find(({ title }) => title === group)?.rows ?? [];
  const rowOf = (name: string) => rows.find((each) => each.name === name);
  const time = (name: string) => {
    const row = rowOf(name);
    return row === undefined ? number(null) : `${number(row.value)} ${row.unit}`;
  };
  if (rowOf(ours) === undefined) throw new Error(`bench/results/${record}.json: no row "${ours}" in "${group}"`);
  const [net = ''] = group.split(', without');
  const on = [where, ...(rowOf(device)?.detail?.split(', ').slice(-1) ?? [])].join(', ');
  return `| ${net} | ${on} | ${time(ours)} | ${others.map((name) => `${name}: ${time(name)}`).join('; ')} |`;
}
