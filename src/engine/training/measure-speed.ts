import { type Tensor, tidy } from '@tensorflow/tfjs-core';
import { multiplyAdds } from '../../core/net/cost.ts';
import { buildGraph } from '../../core/net/graph.ts';
import { type MeasuredSpeed, netOfTask, type SpeedTask } from '../../core/results/device-speed.ts';
import { wait } from '../../core/wait.ts';
import { Random } from '../../data/batches/random.ts';
import { disposeBatch, upload } from './device-batch.ts';
import { Model } from './model.ts';

const CLASSES = 10;
const RATES = { rate: 0.03, momentum: 0.9, decay: 0 } as const;

/** Milliseconds for one task; with five tasks and their first runs, about ten seconds. */
const TIME = 1500;
/** First runs, in which shaders are compiled and steps recorded. */
const FIRST_RUNS = 3;
const FEWEST_RUNS = 3;
/** Runs that are asked for in a row, where one is short: waiting for each would be most of its time. */
const IN_A_ROW = 5;
const SHORT = 20;
/** The longest run that is begun, in milliseconds, judged by the tasks before it. */
const LONGEST = 1500;

/**
 * Measures the tasks one after another on the device that is running. A task that would take too long, by the rate of
 * the one before, is left out. Rejects with the signal's reason when it is aborted.
 */
export async function* measureSpeed(signal: AbortSignal, tasks: readonly SpeedTask[]): AsyncGenerator<MeasuredSpeed> {
  let rate: number | null = null;
  for (const task of tasks) {
    const work = workOf(task);
    const tooLong: boolean = rate !== null && work / rate > LONGEST;
    const ms: number | null = tooLong ? null : await median(task, signal);
    if (ms !== null) rate = work / ms;
    yield { task, ms };
  }
}

/** Multiply-adds of a run; the backward pass takes twice those of the forward pass. */
function workOf(task: SpeedTask): number {
  const graph = buildGraph(netOfTask(task), task.size, CLASSES);
  return multiplyAdds(graph) * task.batch * (task.type === 'step' ? 3 : 1);
}

async function median(task: SpeedTask, signal: AbortSignal): Promise<number> {
  const { type, size, batch: images } = task;
  const model = new Model(netOfTask(task), size, CLASSES, 1);
  const batch = upload(noise(size, images), size, CLASSES);
  const begin = (): Tensor =>
    type === 'step' ? model.step(batch, RATES) : tidy(() => model.logits(batch.images, 'running'));
  const run = async (count: number): Promise<number> => {
    signal.throwIfAborted();
    const begun = performance.now();
    for (let nth = 1; nth < count; nth++) begin().dispose();
    const last = begin();
    await last.data();
    last.dispose();
    const taken = performance.now() - begun;
    // Lets the worker hear that it is to stop.
    await wait();
    return taken / count;
  };
  try {
    let once = 0;
    for (let nth = 0; nth < FIRST_RUNS; nth++) once = await run(1);
    const count = once < SHORT ? IN_A_ROW : 1;
    const times: number[] = [];
    const end = performance.now() + TIME;
    while (times.length < FEWEST_RUNS || performance.now() < end) times.push(await run(count));
    const sorted = times.toSorted((a, b) => a - b);
    return sorted[Math.floor(sorted.length / 2)] ?? Number.NaN;
  } finally {
    model.dispose();
    disposeBatch(batch);
  }
}

/** Standard normals, and random classes. */
function noise(size: number, images: number) {
  const random = new Random('speed');
  const pixels = new Float32Array(images * size * size * 3);
  for (let at = 0; at + 1 < pixels.length; at += 2) pixels.set(random.normals(), at);
  return { images: pixels, labels: Int32Array.from({ length: images }, () => random.below(CLASSES)) };
}
