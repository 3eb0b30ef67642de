import { beforeAll, expect, test } from 'vitest';
import { makeNet } from '../../../core/net/net.ts';
import { correlation } from '../../../features/insight/probes/correlation.ts';
import { tinySubject } from '../../../testing/engine/insight/tiny-subject.ts';
import { startDevice } from '../../device/device.ts';
import { probeCorrelation } from './correlation.ts';

beforeAll(() => startDevice('wasm'));

test('layers whose gradient is 0, behind a factor that starts at 0, have no part in the mean', async () => {
  const subject = tinySubject(
    makeNet('residual', 8, { width: 2, choices: { shortcut: { type: 'scalar', start: 0 } } }),
    0,
  );
  const { layers, mean } = await probeCorrelation(subject, correlation.defaults, { turn: async () => {} });
  // Each keeps its place, by which figures draw it.
  expect([layers.length, layers[0]?.layer, layers.at(-1)?.layer]).toEqual([8, 'stem.conv', 'head.dense']);
  const directed = layers.filter(({ cosine }) => !Number.isNaN(cosine));
  expect(directed.map(({ layer }) => layer)).toEqual(['stem.conv', 'head.dense']);
  expect(mean).toBeCloseTo(directed.reduce((sum, { cosine }) => sum + cosine / directed.length, 0));
  subject.weights.dispose();
});
