import { memory } from '@tensorflow/tfjs-core';
import * as v from 'valibot';
import type { Check } from '../../src/engine/checks/check.ts';
import { startDevice } from '../../src/engine/device/device.ts';
import { checkFamilyGolden, familyGoldenSchema, isNarrow } from '../../src/engine/family/checks/golden.ts';
import nets from '../../src/engine/family/goldens/nets.json';

/** Those whose gradients are checked too: of those that have most operations of their own, since shaders take long to compile. */
const TRAINED = ['alexnet', 'googlenet'];

async function run() {
  const { adapter } = await startDevice('webgpu');
  const narrow = v.parse(v.array(familyGoldenSchema), nets).filter(isNarrow);
  const before = memory().numTensors;
  const checks: Check[] = [];
  for (const golden of narrow) {
    if (golden.training !== null && !TRAINED.includes(golden.net.design ?? '')) continue;
    checks.push(...(await checkFamilyGolden(golden)));
  }
  return { adapter, checks, left: memory().numTensors - before };
}

run().then(
  (result) => self.postMessage(JSON.stringify(result)),
  (error: unknown) => self.postMessage(JSON.stringify({ error: String(error) })),
);
