import { add, conv2d, tidy } from '@tensorflow/tfjs-core';
import { beforeAll, expect, test } from 'vitest';
import type { BlockChoices } from '../../../core/net/choices.ts';
import { makeNet, type NetSpec } from '../../../core/net/net.ts';
import type { ConvNode } from '../../../core/net/node.ts';
import { makeVgg } from '../../../core/net/zoo.ts';
import { tinySubject } from '../../../testing/engine/insight/tiny-subject.ts';
import { startDevice } from '../../device/device.ts';
import { forward } from '../../graph/forward.ts';
import { disposeBatch, upload } from '../../training/device-batch.ts';
import { convLayers, weightedLayers } from '../layers.ts';
import { inScope } from '../measurement.ts';
import type { Subject } from '../subject.ts';
import { probeResponses } from './responses.ts';

beforeAll(() => startDevice('wasm'));

/** The standard deviation of a convolution's own output, by TensorFlow.js from the value that it reads. */
function deviationOf({ data, step, program, weights }: Subject, { name, input, stride, bias }: ConvNode) {
  return inScope(async (scope) => {
    const batch = upload(data.batch(step), data.size, data.classes);
    const { values, statistics } = forward(program, weights, batch.images, 'batch', true);
    for (const each of [values, statistics, { dispose: () => disposeBatch(batch) }]) scope.own(each);
    const output = tidy(() => {
      const made = conv2d(values.get(input, 4), weights.parameters.get(`${name}.weight`, 4), stride, 'same');
      return bias ? add(made, weights.parameters.get(`${name}.bias`, 1)) : made;
    });
    const numbers = Array.from(await scope.own(output).data());
    const mean = numbers.reduce((sum, each) => sum + each / numbers.length, 0);
    return Math.sqrt(numbers.reduce((sum, each) => sum + (each - mean) ** 2 / numbers.length, 0));
  });
}

const chosen = (choices: BlockChoices): NetSpec => makeNet('residual', 8, { width: 4, choices });

test.each([
  chosen({ order: 'pre-activation' }),
  chosen({ order: 'norm-after-sum' }),
  chosen({ norm: { type: 'none' } }),
  chosen({ norm: { type: 'none' }, shortcut: { type: 'scalar', start: 1 } }),
  chosen({ norm: { type: 'none' }, order: 'pre-activation' }),
  chosen({ shortcut: { type: 'dense', growth: 2 } }),
  makeVgg(16, { width: 2 }),
])('every layer has a response, its own where no norm follows it: %o', async (net) => {
  const subject = tinySubject(net, 2);
  const { layers } = await probeResponses(subject);
  const convs = subject.graph.nodes.filter((node) => node.op === 'conv');
  expect(layers.map(({ layer }) => layer)).toEqual(
    weightedLayers(subject.graph).flatMap(({ layer }) => (convs.some(({ name }) => name === layer) ? [layer] : [])),
  );
  const normed = new Set(
    convLayers(subject.graph).flatMap(({ layer, response: { op } }) => (op === 'conv' ? [] : layer)),
  );
  for (const conv of convs) {
    const measured = layers.find(({ layer }) => layer === conv.name)?.deviation ?? Number.NaN;
    if (!normed.has(conv.name)) expect(measured / (await deviationOf(subject, conv))).toBeCloseTo(1, 4);
  }
  expect(normed.size).toBeLessThan(convs.length);
  subject.weights.dispose();
});

test('behind group norms a response is what the norm puts out', async () => {
  const subject = tinySubject(chosen({ norm: { type: 'group', groups: 2 } }), 0);
  const { layers } = await probeResponses(subject);
  expect(layers).toHaveLength(7);
  for (const { deviation } of layers) expect(deviation).toBeCloseTo(1, 2);
  subject.weights.dispose();
});
