import plain from '@tensorflow/tfjs-backend-wasm/dist/tfjs-backend-wasm.wasm?url';
import simd from '@tensorflow/tfjs-backend-wasm/dist/tfjs-backend-wasm-simd.wasm?url';
import threaded from '@tensorflow/tfjs-backend-wasm/dist/tfjs-backend-wasm-threaded-simd.wasm?url';
import { memory, backend as tfjsBackend } from '@tensorflow/tfjs-core';
import * as v from 'valibot';
import { BACKENDS, MOST_THREADS } from '../../src/core/experiment/device.ts';
import { makeNet } from '../../src/core/net/net.ts';
import type { RaceReport } from '../../src/core/results/report.ts';
import { startDevice } from '../../src/engine/device/device.ts';
import { type Check, largestDifference } from '../../src/testing/engine/check.ts';
import { compareValues, valuesOfNets } from '../../src/testing/engine/drawn-nets.ts';
import { checkGolden, goldenSchema, type Task, trainGolden } from '../../src/testing/engine/golden.ts';
import { checkGradients } from '../../src/testing/engine/gradients.ts';
import { checkInsight, insightGoldenSchema } from '../../src/testing/engine/insight/golden.ts';
import { checkRecorded, costOfResNet20 } from '../../src/testing/engine/recorded.ts';
import { checkEqualSteps, continuedAndRestored, movedAroundRest } from '../../src/testing/engine/rest.ts';
import { checkStepMemory } from '../../src/testing/engine/step-memory.ts';
import { checkThreads } from '../../src/testing/engine/threads.ts';
import { PLAIN, RESIDUAL, runRounds, tinyExperiment, tinyRace } from '../../src/testing/engine/tiny-race.ts';
import { checkTunings } from '../../src/testing/engine/tunings.ts';
import { withWrongKernel } from '../../src/testing/engine/wrong-kernel.ts';
import type { Result } from './result.ts';

const goldens = Object.entries(
  import.meta.glob('../../src/engine/goldens/*.json', { eager: true, import: 'default' }),
).map(([path, json]) => ({ name: path.replace(/.*\/|\.json/g, ''), golden: v.parse(goldenSchema, json) }));

const looks = Object.entries(
  import.meta.glob('../../src/engine/insight/goldens/*.json', { eager: true, import: 'default' }),
).map(([path, json]) => ({ name: path.replace(/.*\/|\.json/g, ''), golden: v.parse(insightGoldenSchema, json) }));

/** The golden whose training is compared between backends; the others are compared with PyTorch alone. */
const FOLLOWED = 'resnet-8-b';

/** How many nets of combined choices are differentiated, since shaders take long to compile. */
const DRAWN = 10;

/** A net of the lesson's size: with more channels than a golden, a backend may choose other kernels. */
const LESSON_SIZE: Task = {
  net: makeNet('residual', 8),
  size: 16,
  classes: 4,
  batch: 16,
  seed: 1,
  recipe: { learningRate: 0.03, momentum: 0.9, weightDecay: 1e-4 },
  surgery: [],
};

/** A race in which one lane is blown up: what it tells depends neither on the backend nor on the day. */
async function runRace(): Promise<RaceReport> {
  const surgery = [{ step: 2, lane: 'ResNet-8', block: 3, gain: 3e38 }];
  const race = tinyRace({ ...tinyExperiment([PLAIN, RESIDUAL]), surgery });
  const report = await runRounds(race, 3);
  await race.trainingErrors();
  race.dispose();
  return report;
}

/** With a kernel spoilt everything is as PyTorch says still, and trains as before. */
async function checkSpoilt(checks: Check[]): Promise<Result['spoilt']> {
  const golden = goldens.find(({ name }) => name === FOLLOWED)?.golden;
  if (golden === undefined) throw new Error(`golden: no ${FOLLOWED}`);
  const { found, isGone, result } = await withWrongKernel(() => checkGolden(golden));
  for (const check of result) checks.push({ ...check, what: `with a spoilt kernel: ${check.what}` });
  return { found: [...found], isGone };
}

async function run(): Promise<Result> {
  const backend = v.parse(v.picklist(BACKENDS), self.name);
  const begun = performance.now();
  const broken: string[] = [];
  // All that there are, however busy: what threads do is to be checked.
  const wasmThreads = Math.min(navigator.hardwareConcurrency, MOST_THREADS);
  const { adapter, fallbacks } = await startDevice(backend, {
    wasmThreads,
    wasmPaths: {
      'tfjs-backend-wasm.wasm': plain,
      'tfjs-backend-wasm-simd.wasm': simd,
      'tfjs-backend-wasm-threaded-simd.wasm': threaded,
    },
    onBroken: ({ message }) => broken.push(message),
  });
  const held = () => ({ tensors: memory().numTensors, buffers: tfjsBackend().numDataIds() });
  const before = held();
  // The cpu backend is the same program in Node, where the unit tests check all gradients and goldens.
  const checks: Check[] = backend === 'cpu' ? [] : [...(await checkGradients())];
  const trajectories: Record<string, Result['trajectories'][string]> = {};
  const follow = async (name: string, task: Task, steps: number) => {
    const { losses, logits } = await trainGolden(task, steps);
    trajectories[name] = { losses: [...losses], logits: Array.from(logits) };
  };
  const checked = backend === 'cpu' ? goldens.filter(({ name }) => name === FOLLOWED) : goldens;
  for (const { name, golden } of checked) {
    for (const check of await checkGolden(golden)) checks.push({ ...check, what: `${name}: ${check.what}` });
    if (name === FOLLOWED) await follow(name, golden, 5);
  }
  for (const { name, golden } of backend === 'cpu' ? [] : looks) {
    for (const check of await checkInsight(golden)) checks.push({ ...check, what: `inside ${name}: ${check.what}` });
  }
  await follow('lesson size', LESSON_SIZE, 2);
  checks.push(...(await checkRecorded()), ...(await checkTunings()), ...(await checkStepMemory()));
  checks.push(...(await checkEqualSteps()));
  if (backend === 'wasm') {
    const tasks = Object.fromEntries(goldens.map(({ name, golden }) => [name, golden]));
    checks.push(...(await checkThreads(tasks, wasmThreads)));
  }
  const drawn = backend === 'webgpu' ? await valuesOfNets(DRAWN) : null;
  const spoilt = backend === 'webgpu' ? await checkSpoilt(checks) : null;
  const cost = await costOfResNet20();
  const [continued = [], restored = []] = await continuedAndRestored();
  checks.push({ what: 'restored weights', difference: largestDifference(restored, continued), tolerance: 0 });
  const moved = (await movedAroundRest()).map(({ length }) => length);
  const first = await runRace();
  const repeats = JSON.stringify(await runRace()) === JSON.stringify(first);
  const after = held();
  if (drawn !== null) {
    // Plain JavaScript, which the tape of tfjs checks in Node, says what they should have been.
    await startDevice('cpu');
    checks.push(...compareValues(backend, drawn, await valuesOfNets(DRAWN)));
  }
  return {
    adapter,
    cores: navigator.hardwareConcurrency,
    checks,
    cost,
    moved,
    fallbacks: [...fallbacks],
    spoilt,
    trajectories,
    diverged: [...first.diverged],
    repeats,
    broken,
    left: { tensors: after.tensors - before.tensors, buffers: after.buffers - before.buffers },
    seconds: (performance.now() - begun) / 1000,
  };
}

run().then(
  (result) => self.postMessage(JSON.stringify(result)),
  (error: unknown) => self.postMessage(JSON.stringify({ error: String(error) })),
);
