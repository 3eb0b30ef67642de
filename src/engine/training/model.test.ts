import { memory, reshape, type Tensor } from '@tensorflow/tfjs-core';
import { afterAll, beforeAll, describe, expect, test } from 'vitest';
import type { BlockChoices } from '../../core/net/choices.ts';
import type { NetSpec } from '../../core/net/net.ts';
import { goldenBatch } from '../../testing/engine/golden.ts';
import { PLAIN, PROJECTED, RESIDUAL } from '../../testing/engine/tiny-race.ts';
import { startDevice } from '../device/device.ts';
import { readTensors } from '../weights/readback.ts';
import type { DeviceBatch } from './device-batch.ts';
import { disposeBatch } from './device-batch.ts';
import { Model } from './model.ts';

const SIZE = 8;
const CLASSES = 3;
const RATES = { rate: 0.05, momentum: 0.9, decay: 1e-3 };

async function read(tensor: Tensor): Promise<readonly number[]> {
  const values = [...(await tensor.data())];
  tensor.dispose();
  return values;
}

function makeModel(net: NetSpec): Model {
  return new Model(net, SIZE, CLASSES, 1);
}

describe.each(['cpu', 'wasm'] as const)('a lane on %s', (backend) => {
  let batch: DeviceBatch;
  let other: DeviceBatch;

  beforeAll(async () => {
    await startDevice(backend);
    batch = goldenBatch({ batch: 4, size: SIZE, classes: CLASSES });
    other = goldenBatch({ batch: 7, size: SIZE, classes: CLASSES });
  });
  afterAll(() => {
    disposeBatch(batch);
    disposeBatch(other);
  });

  /** The loss and error before each of the first `steps` steps. */
  async function curve(model: Model, steps: number): Promise<readonly (readonly number[])[]> {
    const points: (readonly number[])[] = [];
    for (let step = 0; step < steps; step++) points.push(await read(model.step(batch, RATES)));
    return points;
  }

  test.each<BlockChoices>([
    { norm: { type: 'none' } },
    { norm: { type: 'group', groups: 1 } },
    { drop: 0.5 },
    { order: 'pre-activation' },
  ])('the first layer that is not finite is the convolution, not its ReLU: %o', async (choices) => {
    const model = makeModel({ ...RESIDUAL, choices });
    expect(await model.firstNotFinite(batch)).toBeNull();
    const values = new Map(await readTensors(model.stateTensors()));
    const broken = 'stage1.block1.conv2';
    const weight = values.get(`parameter ${broken}.weight`) ?? expect.fail('no weight');
    model.restore(
      values.set(
        `parameter ${broken}.weight`,
        weight.map(() => 3e38),
      ),
    );
    const before = memory().numTensors;
    expect(await model.firstNotFinite(batch)).toBe(broken);
    expect(memory().numTensors).toBe(before);
    model.dispose();
  });

  test('with all shortcuts cut, a residual net is its plain twin', async () => {
    const [plain, residual] = [makeModel(PLAIN), makeModel(RESIDUAL)];
    for (const block of [1, 2, 3]) residual.setGain(block, 0);
    expect(await curve(residual, 4)).toEqual(await curve(plain, 4));
    plain.dispose();
    residual.dispose();
  });

  test.each([RESIDUAL, PROJECTED])(
    'a shortcut of option $option cut and mended between two steps leaves no trace',
    async (net) => {
      const [touched, untouched] = [makeModel(net), makeModel(net)];
      await curve(touched, 2);
      await curve(untouched, 2);
      touched.setGain(2, 0);
      expect(await read(touched.logits(batch.images, 'batch'))).not.toEqual(
        await read(untouched.logits(batch.images, 'batch')),
      );
      touched.setGain(2, 1);
      expect(await curve(touched, 3)).toEqual(await curve(untouched, 3));
      expect(await read(touched.logits(batch.images, 'running'))).toEqual(
        await read(untouched.logits(batch.images, 'running')),
      );
      touched.dispose();
      untouched.dispose();
    },
  );

  test('recalibration replaces the running statistics, and changes nothing else', async () => {
    const [recalibrated, reference] = [makeModel(RESIDUAL), makeModel(RESIDUAL)];
    await curve(recalibrated, 2);
    await curve(reference, 2);
    recalibrated.recalibrate([other.images, batch.images]);
    recalibrated.recalibrate([batch.images]);
    // The statistics of one batch alone: evaluation then is what training sees.
    const [running, own] = [
      await read(recalibrated.logits(batch.images, 'running')),
      await read(recalibrated.logits(batch.images, 'batch')),
    ];
    running.forEach((logit, index) => {
      expect(logit).toBeCloseTo(own[index] ?? Number.NaN, 4);
    });
    expect(await read(reference.logits(batch.images, 'running'))).not.toEqual(running);
    expect(await curve(recalibrated, 3)).toEqual(await curve(reference, 3));
    recalibrated.dispose();
    reference.dispose();
  });

  test('evaluation leaves the lane as it is', async () => {
    const [evaluated, reference] = [makeModel(RESIDUAL), makeModel(RESIDUAL)];
    const logits = await read(evaluated.logits(other.images, 'running'));
    await read(evaluated.logits(other.images, 'batch'));
    expect(await read(evaluated.logits(other.images, 'running'))).toEqual(logits);
    expect(await curve(evaluated, 2)).toEqual(await curve(reference, 2));
    evaluated.dispose();
    reference.dispose();
  });

  test('copies and reshaped views of its tensors keep their values while training goes on', async () => {
    const model = makeModel(RESIDUAL);
    await curve(model, 1);
    const views = model.stateTensors().flatMap(([name, tensor]) => {
      const values = tensor.dataSync().slice();
      return [tensor.clone(), reshape(tensor, [tensor.size])].map((view) => [name, view, values] as const);
    });
    await curve(model, 2);
    const present = new Map(model.stateTensors().map(([name, tensor]) => [name, tensor.dataSync()]));
    for (const [name, view, values] of views) {
      expect(view.dataSync(), name).toEqual(values);
      expect(present.get(name), name).not.toEqual(values);
      view.dispose();
    }
    model.dispose();
  });

  test('a lane that is disposed of leaves nothing behind', async () => {
    const before = memory().numTensors;
    const model = makeModel(PROJECTED);
    await curve(model, 2);
    model.setGain(2, 0);
    await curve(model, 1);
    await read(model.logits(batch.images, 'running'));
    model.recalibrate([batch.images]);
    model.dispose();
    expect(memory().numTensors).toBe(before);
  });
});
