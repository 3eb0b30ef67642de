import { execFileSync } from 'node:child_process';
import { existsSync, mkdirSync, readdirSync, readFileSync, writeFileSync } from 'node:fs';
import { cpus, totalmem } from 'node:os';
import * as v from 'valibot';
import type { Group } from './row.ts';

const RESULTS = new URL('results/', import.meta.url);

const rowSchema = v.object({
  name: v.string(),
  value: v.nullable(v.number()),
  unit: v.string(),
  range: v.optional(v.tuple([v.nullable(v.number()), v.nullable(v.number())])),
  detail: v.optional(v.string()),
});

const recordSchema = v.pipe(
  v.object({
    what: v.string(),
    groups: v.array(
      v.object({
        title: v.string(),
        rows: v.array(rowSchema),
        repeats: v.optional(v.number()),
        absent: v.optional(v.array(v.string())),
      }),
    ),
    repeats: v.optional(v.number()),
    /** The name of `repeats` in older results. */
    turns: v.optional(v.number()),
    machine: v.string(),
    versions: v.record(v.string(), v.string()),
    commit: v.string(),
    date: v.string(),
  }),
  v.transform(({ turns, repeats, ...rest }) => ({ ...rest, repeats: repeats ?? turns ?? Number.NaN })),
);

/** A benchmark's result as it is kept. */
export type BenchRecord = v.InferOutput<typeof recordSchema>;

const packageSchema = v.object({ version: v.string() });

function versionOf(name: string): string {
  const file = new URL(`../node_modules/${name}/package.json`, import.meta.url);
  return v.parse(packageSchema, JSON.parse(readFileSync(file, 'utf8'))).version;
}

/** What git says; 'unknown' where the project is a copy without its history. */
function git(...args: readonly string[]): string {
  try {
    return execFileSync('git', [...args], { encoding: 'utf8', stdio: ['ignore', 'pipe', 'ignore'] }).trim();
  } catch {
    return 'unknown';
  }
}

/** Writes results/NAME.json. A tree with changes is marked behind its commit. */
export function record(
  name: string,
  {
    what,
    groups,
    repeats,
    versions,
  }: {
    readonly what: string;
    readonly groups: readonly Group[];
    readonly repeats: number;
    readonly versions: Readonly<Record<string, string>>;
  },
): void {
  const [cpu] = cpus();
  const changes = git('status', '--porcelain', '--untracked-files=no', '--', 'src', 'bench/*.ts', 'package.json');
  const changed = changes !== '' && changes !== 'unknown';
  const result = {
    what,
    groups,
    repeats,
    machine: `${cpu?.model ?? 'unknown'}, ${cpus().length} cores, ${Math.round(totalmem() / 2 ** 30)} GiB`,
    versions: {
      node: process.version,
      tfjs: versionOf('@tensorflow/tfjs-core'),
      'jax-js': versionOf('@jax-js/jax'),
      'onnxruntime-web': versionOf('onnxruntime-web'),
      ...versions,
    },
    commit: `${git('rev-parse', '--short', 'HEAD')}${changed ? ' and changes' : ''}`,
    date: new Date().toISOString().slice(0, 10),
  };
  mkdirSync(RESULTS, { recursive: true });
  writeFileSync(new URL(`${name}.json`, RESULTS), `${JSON.stringify(result, null, 2)}\n`);
}

/** The names of all that was recorded, sorted. */
export function recordedNames(): readonly string[] {
  const files = existsSync(RESULTS) ? readdirSync(RESULTS) : [];
  return files.flatMap((file) => (file.endsWith('.json') ? [file.replace(/\.json$/, '')] : [])).sort();
}

/** What was recorded under a name; null where nothing was. */
export function recorded(name: string): BenchRecord | null {
  let text: string;
  try {
    text = readFileSync(new URL(`${name}.json`, RESULTS), 'utf8');
  } catch {
    return null;
  }
  return v.parse(recordSchema, JSON.parse(text));
}
