/** The family as a table: costs, how far its logits are from torchvision's, and the time of a forward pass on wasm. */
import '../src/language/speak-english.ts';
import { readFile } from 'node:fs/promises';
import { tensor4d } from '@tensorflow/tfjs-core';
import * as v from 'valibot';
import { median } from '../bench/statistics.ts';
import { countParameters, multiplyAdds } from '../src/core/net/cost.ts';
import { buildGraph } from '../src/core/net/graph.ts';
import { netName } from '../src/core/net/net.ts';
import { sizeOf } from '../src/core/net/node.ts';
import { paperBillions } from '../src/core/net/paper.ts';
import { IMAGENET } from '../src/core/net/zoo.ts';
import { Random } from '../src/data/batches/random.ts';
import { startDevice } from '../src/engine/device/device.ts';
import { FrozenNet } from '../src/engine/inference/frozen-net.ts';
import type { WeightSource } from '../src/engine/inference/weight-source.ts';
import {
  checkFamilyGolden,
  type FamilyGolden,
  familyGoldenSchema,
  isNarrow,
} from '../src/testing/engine/family/golden.ts';

/** Forward passes that are timed, behind one that is not. */
const TURNS = 5;

/** Numbers that cost nothing to make: of the time of a pass they are no part. */
const QUICK: WeightSource = {
  parameter: ({ shape }) => new Float32Array(sizeOf(shape)).fill(0.01),
  statistics: (_, channels) => new Float32Array(2 * channels).fill(1),
};

async function milliseconds({ net }: FamilyGolden): Promise<readonly number[]> {
  const { size, classes } = IMAGENET;
  const frozen = await FrozenNet.load(buildGraph(net, size, classes), net.gains, QUICK);
  const random = new Random('image');
  const pixels = Float32Array.from({ length: size * size * 3 }, () => random.uniform());
  const image = tensor4d(pixels, [1, size, size, 3]);
  const times: number[] = [];
  for (let turn = 0; turn <= TURNS; turn++) {
    const begun = performance.now();
    const logits = frozen.logits(image);
    await logits.data();
    logits.dispose();
    if (turn > 0) times.push(performance.now() - begun);
  }
  image.dispose();
  frozen.dispose();
  return times;
}

const { adapter } = await startDevice('wasm');
const file = new URL('../src/engine/inference/goldens/nets.json', import.meta.url);
const goldens = v.parse(v.array(familyGoldenSchema), JSON.parse(await readFile(file, 'utf8')));
console.log(`wasm, ${adapter}; logits at 64 pixels, a forward pass at 224, batch 1\n`);
console.log('| net | parameters | multiply-adds | paper | logits off by | ms, median (least to most) |');
console.log('|---|---|---|---|---|---|');
for (const golden of goldens.filter((each) => !isNarrow(each) && each.size === 64)) {
  const { net } = golden;
  const graph = buildGraph(net, IMAGENET.size, IMAGENET.classes);
  const [logits] = await checkFamilyGolden(golden);
  const times = await milliseconds(golden);
  const form = 'form' in net ? `, ${net.form}` : '';
  const printed = paperBillions(netName(net));
  const cells = [
    netName(net) + form,
    countParameters(graph).toLocaleString('en'),
    `${(multiplyAdds(graph) / 1e9).toFixed(2)}G`,
    printed === undefined ? '–' : `${printed}G`,
    (logits?.difference ?? Number.NaN).toExponential(1),
    `${median(times).toFixed(0)} (${Math.min(...times).toFixed(0)} to ${Math.max(...times).toFixed(0)})`,
  ];
  console.log(`| ${cells.join(' | ')} |`);
}
