/**
 * Compares the nets that the page loads with PyTorch on all recorded photographs, preprocessing included:
 * `npx tsx scripts/photographs.ts [NET…]`. A table of the largest differences; exits 1 where one is too large. Minutes of
 * two cores, so `npm test` compares a few of them only.
 */
import '../src/language/speak-english.ts';
import { readFile } from 'node:fs/promises';
import * as v from 'valibot';
import { startDevice } from '../src/engine/device/device.ts';
import { failed } from '../src/testing/engine/check.ts';
import { checkPhotographs, photographsGoldenSchema } from '../src/testing/engine/family/photograph-goldens.ts';

const BATCH = 8;

const [, , ...wanted] = process.argv;
const file = new URL('../src/engine/inference/goldens/photographs.json', import.meta.url);
const goldens = v.parse(v.array(photographsGoldenSchema), JSON.parse(await readFile(file, 'utf8')));
const unknown = wanted.filter((name) => !goldens.some((golden) => golden.name === name));
if (unknown.length > 0) {
  console.error(`There is no net ${unknown.join(', ')}; choose of ${goldens.map(({ name }) => name).join(', ')}`);
  process.exit(1);
}
const { adapter } = await startDevice('wasm');
console.log(`wasm, ${adapter}; batches of ${BATCH} at 224 pixels\n`);
console.log('| net | photographs | largest difference, as a share of the largest logit | images per second |');
console.log('|---|---|---|---|');
for (const golden of goldens.filter(({ name }) => wanted.length === 0 || wanted.includes(name))) {
  const { length: count } = golden.images;
  const begun = performance.now();
  const checks = await checkPhotographs(golden, count, BATCH);
  const rate = (1000 * count) / (performance.now() - begun);
  const largest = Math.max(...checks.map(({ difference }) => difference));
  console.log(`| ${golden.name} | ${count} | ${largest.toExponential(1)} | ${rate.toFixed(1)} |`);
  if (failed(checks).length > 0) process.exitCode = 1;
}
