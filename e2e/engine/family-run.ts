import { memory } from '@tensorflow/tfjs-core';
import * as v from 'valibot';
import { makeNet, type NetSpec, netName } from '../../src/core/net/net.ts';
import { makeAlexNet, makeGoogLeNet, makeImageNetNet, makeVgg } from '../../src/core/net/zoo.ts';
import { startDevice } from '../../src/engine/device/device.ts';
import nets from '../../src/engine/inference/goldens/nets.json';
import { type Check, largestDifference } from '../../src/testing/engine/check.ts';
import { checkFamilyGolden, familyGoldenSchema, isNarrow } from '../../src/testing/engine/family/golden.ts';
import { type Task, trainGolden } from '../../src/testing/engine/golden.ts';
import { checkRecorded } from '../../src/testing/engine/recorded.ts';
import { checkStepMemory } from '../../src/testing/engine/step-memory.ts';

/**
 * Those whose gradients are checked too, since shaders take long to compile: AlexNet's forms have groups, biases and response
 * normalisation. GoogLeNet's modules are differentiated among the lanes below, as plain JavaScript does it.
 */
const isTrained = (net: NetSpec) => net.design === 'alexnet';

/** Trained as lanes are, with recorded steps. */
const LANES = [
  makeVgg(16, { width: 2 }),
  makeAlexNet({ width: 2 }),
  makeGoogLeNet({ width: 2, form: 'pytorch' }),
  makeImageNetNet('residual', 18, { width: 4 }),
];

/** Recorded steps of these are compared with the same a step at a time: together they have every older operation. */
const RECORDED = [
  makeAlexNet({ width: 2 }),
  makeNet('residual', 8, { width: 4, choices: { shortcut: { type: 'dense', growth: 4 } } }),
];

/** What a recorded step of these takes is compared with what was foretold: pools, concatenations and dense connections. */
const MEASURED = [makeGoogLeNet({ width: 2, form: 'pytorch' }), ...RECORDED.slice(1)];

/** The losses of each lane's first steps. */
async function train(): Promise<readonly (readonly number[])[]> {
  // With larger steps, or maps of one pixel, what backends round differently has grown too large by the third.
  const recipe = { learningRate: 0.001, momentum: 0.9, weightDecay: 1e-4 };
  const all: (readonly number[])[] = [];
  for (const net of LANES) {
    const task: Task = { net, size: 16, classes: 3, batch: 6, seed: 1, recipe, surgery: [] };
    all.push((await trainGolden(task, 3)).losses);
  }
  return all;
}

async function run() {
  const { adapter } = await startDevice('webgpu');
  const narrow = v.parse(v.array(familyGoldenSchema), nets).filter(isNarrow);
  const before = memory().numTensors;
  const checks: Check[] = [];
  for (const golden of narrow) {
    if (golden.training !== null && !isTrained(golden.net)) continue;
    checks.push(...(await checkFamilyGolden(golden)));
  }
  checks.push(...(await checkRecorded(RECORDED, { size: 16, classes: 3, batch: 6 })));
  // At the batch that is trained with: another one takes GoogLeNet's hundreds of shaders a second time.
  checks.push(...(await checkStepMemory(MEASURED, { size: 16, classes: 3 }, [6])));
  const trained = await train();
  const left = memory().numTensors - before;
  // Plain JavaScript says what they should have been.
  await startDevice('cpu');
  for (const [nth, losses] of (await train()).entries()) {
    const what = `${LANES[nth] === undefined ? nth : netName(LANES[nth])}: losses of training`;
    checks.push({ what, difference: largestDifference(trained[nth] ?? [], losses), tolerance: 1e-3 });
  }
  return { adapter, checks, left };
}

run().then(
  (result) => self.postMessage(JSON.stringify(result)),
  (error: unknown) => self.postMessage(JSON.stringify({ error: String(error) })),
);
