import { execFileSync } from 'node:child_process';
import { mkdirSync, writeFileSync } from 'node:fs';
import { cpus } from 'node:os';
import { type Tensor4D, version_core } from '@tensorflow/tfjs-core';
import { goldenBatch } from '../src/engine/checks/golden.ts';
import { startDevice } from '../src/engine/device/device.ts';
import { disposeBatch } from '../src/engine/evaluation.ts';
import { Lane } from '../src/engine/lane.ts';
import type { BackendName } from '../src/spec/device.ts';
import { makeNet } from '../src/spec/net.ts';
import { stockNet } from './stock-net.ts';

/** Milliseconds of one training step, of nets that are otherwise alike, taken in turns in one run. */
const TASK = { net: makeNet('residual', 8), size: 16, classes: 4, batch: 16 };
const RATES = { rate: 0.03, momentum: 0.9, decay: 1e-4 };
const TURNS = 7;

interface Contender {
  readonly name: string;
  readonly backend: BackendName;
  /** One step; resolves with its loss when it is done. */
  readonly step: () => Promise<number>;
}

function ours(backend: BackendName): Contender {
  const lane = new Lane(TASK.net, TASK.size, TASK.classes, 1);
  const step = async () => {
    const batch = goldenBatch(TASK);
    const metrics = lane.step(batch, RATES);
    const [loss = Number.NaN] = await metrics.data<'float32'>();
    metrics.dispose();
    disposeBatch(batch);
    return loss;
  };
  return { name: `ours, ${backend}`, backend, step };
}

function stock(backend: BackendName): Contender {
  const model = stockNet(1, TASK.size, TASK.net.width, TASK.classes);
  const step = async () => {
    const { images, labels } = goldenBatch(TASK);
    const loss = await model.trainOnBatch(images satisfies Tensor4D, labels.oneHot);
    disposeBatch({ images, labels });
    return Number(loss);
  };
  return { name: `tfjs-layers, ${backend}`, backend, step };
}

const contenders: Contender[] = [];
for (const { backend, make } of [
  { backend: 'wasm', make: ours },
  { backend: 'cpu', make: ours },
  { backend: 'cpu', make: stock },
] as const) {
  await startDevice(backend);
  contenders.push(make(backend));
}

const losses = new Map<string, number>();
const times = new Map<string, number[]>(contenders.map(({ name }) => [name, []]));
for (let turn = 0; turn <= TURNS; turn++) {
  for (const { name, backend, step } of contenders) {
    await startDevice(backend);
    const begun = performance.now();
    const loss = await step();
    // The first turn warms up, and its losses say whether the same was computed.
    if (turn === 0) losses.set(name, loss);
    else times.get(name)?.push(performance.now() - begun);
  }
}
const apart = Math.abs((losses.get('ours, wasm') ?? 0) - (losses.get('ours, cpu') ?? 1));
if (!(apart < 1e-4)) throw new Error(`bench: wasm and cpu do not compute the same, their losses are ${apart} apart`);

const median = (values: readonly number[]) =>
  values.toSorted((a, b) => a - b)[Math.floor(values.length / 2)] ?? Number.NaN;
const rows = [...times].map(([name, values]) => ({ name, milliseconds: Number(median(values).toFixed(1)) }));
const result = {
  what: 'one training step, ResNet-8, width 8, 16x16, batch 16; medians of one interleaved run',
  rows,
  machine: `${cpus()[0]?.model ?? 'unknown'}, ${cpus().length} cores`,
  node: process.version,
  tfjs: version_core,
  commit: execFileSync('git', ['rev-parse', '--short', 'HEAD'], { encoding: 'utf8' }).trim(),
};
mkdirSync(new URL('results/', import.meta.url), { recursive: true });
writeFileSync(new URL('results/step.json', import.meta.url), `${JSON.stringify(result, null, 2)}\n`);
process.stdout.write(rows.map(({ name, milliseconds }) => `${name.padEnd(20)} ${milliseconds} ms\n`).join(''));
