import { InferenceSession, Tensor } from 'onnxruntime-web';
import { beforeAll, describe, expect, test } from 'vitest';
import { BLOCK_ORDERS, type BlockChoices } from '../../core/net/choices.ts';
import { buildGraph } from '../../core/net/graph.ts';
import { makeNet, type NetSpec, netName } from '../../core/net/net.ts';
import { makeAlexNet, makeGoogLeNet, makeImageNetNet, makeVgg } from '../../core/net/zoo.ts';
import { goldenBatch } from '../../testing/engine/golden.ts';
import { RESIDUAL, runRounds, tinyData, tinyExperiment, tinyRace } from '../../testing/engine/tiny-race.ts';
import { startDevice } from '../device/device.ts';
import { transpose } from '../state-dict/state-dict.ts';
import { disposeLabels } from '../training/device-batch.ts';
import { Model } from '../training/model.ts';
import { readTensors } from '../weights/readback.ts';
import { onnxFile } from './onnx-file.ts';

const CLASSES = 4;
const BATCH = 6;

beforeAll(async () => {
  await startDevice('wasm');
});

const chosen = (choices: BlockChoices, kind: 'plain' | 'residual' = 'residual', depth = 8) =>
  makeNet(kind, depth, { width: 4, choices });

const NETS: readonly (readonly [NetSpec, size?: number])[] = [
  [makeNet('plain', 14, { width: 4 })],
  [{ ...makeNet('residual', 14, { width: 4 }), gains: [1, 0, 1, 0.5, 1, 2] }],
  [makeNet('residual', 8, { width: 4, option: 'B' })],
  [makeNet('residual', 11, { width: 4, option: 'C', block: 'bottleneck' })],
  [chosen({ start: { type: 'identity', share: 0.1 }, shift: 1 }, 'plain')],
  ...BLOCK_ORDERS.map((order) => [chosen({ order })] as const),
  [chosen({ norm: { type: 'none' }, slope: 0.5 })],
  [chosen({ norm: { type: 'group', groups: 2 }, drop: 0.5 })],
  [chosen({ span: 3 }, 'residual', 11)],
  [chosen({ shortcut: { type: 'scalar', start: 0.5 } })],
  [chosen({ shortcut: { type: 'highway', bias: -2 } })],
  [{ ...chosen({ shortcut: { type: 'highway', bias: -2 } }), gains: [0, 1, 0.5] }],
  [chosen({ shortcut: { type: 'dropout', rate: 0.5 } })],
  [chosen({ shortcut: { type: 'concat' } })],
  [chosen({ rep: true }, 'plain')],
  [chosen({ shortcut: { type: 'dense', growth: 3 } })],
  [makeImageNetNet('plain', 18, { width: 4 })],
  [makeImageNetNet('residual', 50, { width: 4, form: 'pytorch' })],
  [makeImageNetNet('residual', 18, { width: 2, option: 'A' }), 64],
  [makeVgg(16, { width: 2, norm: true })],
  [makeVgg(16, { width: 2 }), 16],
  [makeAlexNet({ width: 4, form: 'pytorch' })],
  [makeAlexNet({ width: 2 }), 64],
  [makeGoogLeNet({ width: 2 })],
  [makeGoogLeNet({ width: 2, form: 'pytorch' }), 64],
];

describe('an ONNX file gives the page’s logits', () => {
  test.each(NETS.map(([net, size = 8], nth) => [`${netName(net)}, ${nth}`, net, size] as const))(
    '%s',
    async (name, net, size) => {
      const model = new Model(net, size, CLASSES, 3);
      const batch = goldenBatch({ batch: BATCH, size, classes: CLASSES });
      for (let step = 0; step < 4; step++) model.step(batch, { rate: 0.03, momentum: 0.9, decay: 1e-4 }).dispose();
      const ours = model.logits(batch.images, 'running');
      const expected = await ours.data();
      const images = transpose(Float32Array.from(await batch.images.data()), [BATCH, size, size, 3], [0, 3, 1, 2]);
      const graph = buildGraph(net, size, CLASSES);
      const values = await readTensors(model.stateTensors());
      const file = onnxFile({ graph, gains: net.gains, values, name, description: name, metadata: {} });
      for (const each of [ours, batch.images]) each.dispose();
      disposeLabels(batch.labels);
      model.dispose();

      const session = await InferenceSession.create(file);
      const { logits } = await session.run({ images: new Tensor('float32', images, [BATCH, 3, size, size]) });
      expect(logits?.dims).toEqual([BATCH, CLASSES]);
      const answers = logits?.data;
      if (!(answers instanceof Float32Array)) throw new Error('no logits');
      // Before the running statistics have settled, the logits of deep nets are large.
      const scale = Math.max(1, ...expected.map(Math.abs));
      const difference = Math.max(...expected.map((value, at) => Math.abs(value - (answers[at] ?? Number.NaN))));
      expect(difference / scale).toBeLessThan(1e-4);
      await session.release();
    },
  );
});

test.each([
  { what: 'after 30 steps', steps: 30, cut: false },
  { what: 'just begun', steps: 5, cut: false },
  { what: 'just cut', steps: 30, cut: true },
])(
  'a lane’s file reads bytes, names its classes, and its operators have names of their own: $what',
  async ({ steps, cut }) => {
    const race = tinyRace(tinyExperiment([{ ...RESIDUAL, gains: [1, 0, 1] }]));
    await runRounds(race, steps);
    if (cut) race.setGains('ResNet-8', [{ block: 1, gain: 0 }]);
    const file = await race.weights('ResNet-8', 'onnx');
    const text = new TextDecoder().decode(file);
    expect(text).toContain('layer1.0.conv1.weight');
    expect(text).toContain('classes');
    const picture = {
      name: '',
      size: tinyData().size,
      rgb: tinyData().batchPictures(0, 1)[0]?.rgb ?? new Uint8Array(),
    };
    const { answers } = await race.classify(picture);
    race.dispose();
    const session = await InferenceSession.create(file);
    const { size } = picture;
    const pixels = transpose(Float32Array.from(picture.rgb), [size, size, 3], [2, 0, 1]);
    const { logits } = await session.run({ images: new Tensor('float32', pixels, [1, 3, size, size]) });
    const powers = [...(logits?.data ?? [])].map((logit) => Math.exp(Number(logit)));
    const sum = powers.reduce((total, power) => total + power, 0);
    const expected = answers.get('ResNet-8') ?? [];
    expect(expected.length).toBeGreaterThan(1);
    for (const [label, share] of expected.entries()) expect((powers[label] ?? 0) / sum).toBeCloseTo(share, 4);
  },
);
