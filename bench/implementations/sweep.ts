import { startDevice } from '../../src/engine/device/device.ts';
import { recordingBackend } from '../../src/engine/kernels/webgpu/recording/step-recorder.ts';
import { HARDWARE, type Tuning } from '../../src/engine/kernels/webgpu/tuning.ts';
import { milliseconds, type Row } from '../row.ts';
import type { Task } from '../task.ts';
import { makeNets } from './nets.ts';

/** What is changed of the tuning for GPUs, one thing at a time. */
const CHANGES: Readonly<Record<string, Partial<Tuning>>> = {
  'as it is': {},
  'convolutions: 8 pixels a thread': { convPixels: 8 },
  'convolutions: 2 pixels a thread': { convPixels: 2 },
  'input gradients: each thread reads the filter': { sharesFilters: false },
  'filter gradients: 2^14 threads': { filterGradientThreads: 2 ** 14 },
  'filter gradients: 2^15 threads': { filterGradientThreads: 2 ** 15 },
  'filter gradients: 2^17 threads': { filterGradientThreads: 2 ** 17 },
  'filter gradients: 2 pixels at once': { filterGradientPixels: 2 },
  'filter gradients: 8 pixels at once': { filterGradientPixels: 8 },
  'sums: half as many pixels a part': { pixelsPerPart: (rows) => 2 * rows },
  'sums: twice as many pixels a part': { pixelsPerPart: (rows) => 8 * rows },
  'sums: 1024 parts at most': { mostParts: 1024 },
  'as it is, again': {},
};

const STEPS = 20;
const REPEATS = 7;

/** Milliseconds of a step, by what was changed. */
export async function sweep(task: Task): Promise<readonly Row[]> {
  await startDevice('webgpu');
  const current = recordingBackend();
  if (current === null) throw new Error('sweep: needs a device that records steps');
  const rows: Row[] = [];
  for (const [name, change] of Object.entries(CHANGES)) {
    current.tuning = { ...HARDWARE, ...change };
    const { step, dispose } = makeNets(task);
    await step(3);
    const times: number[] = [];
    for (let repeat = 0; repeat < REPEATS; repeat++) {
      const begun = performance.now();
      await step(STEPS);
      times.push((performance.now() - begun) / STEPS);
    }
    dispose();
    rows.push(milliseconds(name, '', times));
  }
  return rows;
}
