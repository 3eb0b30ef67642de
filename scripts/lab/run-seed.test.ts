import { memory } from '@tensorflow/tfjs-core';
import { describe, expect, it } from 'vitest';
import { parseExperiment } from '../../src/core/experiment/parse/parse.ts';
import { startDevice } from '../../src/engine/device/device.ts';
import { PROBE_NAMES } from '../../src/features/insight/probes/probes.ts';
import { syntheticDataset } from '../../src/testing/data/synthetic.ts';
import { runSeed } from './run-seed.ts';

const dataset = syntheticDataset(Array.from({ length: 24 }, (_, i) => i % 3));
const device = await startDevice('wasm');

interface Options {
  readonly until?: number;
  readonly trbEvery?: number | null;
  readonly trbAt?: readonly number[];
  readonly learningRate?: number;
  readonly weightDecay?: number;
  /** Blocks of the second net whose shortcuts are cut after two steps. */
  readonly cut?: readonly number[];
}

function run({ until = 26, trbEvery = null, trbAt = [], learningRate = 0.03, weightDecay = 1e-4, cut = [] }: Options) {
  const lanes = [{ net: { family: 'plain', depth: 8, width: 2 } }, { net: { family: 'residual', depth: 8, width: 2 } }];
  const recipe = { batch: 8, seed: 3, learningRate, weightDecay };
  const surgery = cut.map((block) => ({ step: 2, lane: 'ResNet-8', block, gain: 0 }));
  const experiment = parseExperiment({ data: { source: 'cifar10', size: 8 }, recipe, lanes, until, surgery });
  return runSeed(experiment, dataset, device, { trbEvery, trbAt, onStep: () => {} });
}

describe('a run', () => {
  it('has a point for every step, every 25th a test, and trb at the end', async () => {
    const before = memory().numTensors;
    const { seed, lanes } = await run({});
    expect(seed).toBe(3);
    expect(lanes.map(({ name }) => name)).toEqual(['plain-8', 'ResNet-8']);
    for (const { curves, trb, testError } of lanes) {
      expect(curves.step).toEqual([...Array(26).keys()]);
      expect(curves.loss).toHaveLength(26);
      expect(curves.trainError).toHaveLength(26);
      expect(curves.testError).toEqual([{ step: 25, error: testError }]);
      expect(curves.trb).toEqual([{ step: 26, error: trb }]);
    }
    expect(memory().numTensors).toBe(before);
  });

  it('is the same however often trb is measured', async () => {
    const seldom = await run({});
    const often = await run({ trbEvery: 10, trbAt: [21, 99] });
    expect(often.lanes.map(({ curves }) => curves.trb.map(({ step }) => step))).toEqual([
      [10, 20, 21, 26],
      [10, 20, 21, 26],
    ]);
    const losses = ({ lanes }: typeof often) => lanes.map(({ curves }) => curves.loss);
    expect(losses(often)).toEqual(losses(seldom));
    expect(often.lanes.map(({ trb }) => trb)).toEqual(seldom.lanes.map(({ trb }) => trb));
  });

  it('has, at the step of a surgery, the trb of the net before it', async () => {
    const options = { until: 4, trbAt: [2, 3] };
    const [whole, cut] = [await run(options), await run({ ...options, cut: [1, 2, 3] })];
    const trbOf = ({ lanes }: typeof whole, at: number) => lanes[1]?.curves.trb.find(({ step }) => step === at)?.error;
    expect(trbOf(cut, 2)).toBe(trbOf(whole, 2));
    expect(cut.lanes[1]?.curves.loss.slice(0, 2)).toEqual(whole.lanes[1]?.curves.loss.slice(0, 2));
    expect(cut.lanes[1]?.curves.loss[2]).not.toBe(whole.lanes[1]?.curves.loss[2]);
  });

  it('has every probe of a net without sums but its feature maps', async () => {
    const net = { family: 'residual', depth: 8, width: 2, choices: { shortcut: { type: 'dense', growth: 2 } } };
    const data = { source: 'cifar10', size: 8 };
    const experiment = parseExperiment({ data, recipe: { batch: 8 }, lanes: [{ net }], until: 1 });
    const insight = { lesions: [], random: 0, probes: PROBE_NAMES };
    const { insight: found } = await runSeed(experiment, dataset, device, {
      trbEvery: null,
      insight,
      onStep: () => {},
    });
    const each = PROBE_NAMES.filter((name) => name !== 'features');
    expect(found.probes.map(({ name }) => name)).toEqual([...each, ...each]);
  });

  it('has neither trb nor test error for a net that diverged', async () => {
    const { lanes } = await run({ learningRate: 10, weightDecay: 1, until: 100 });
    for (const { divergedAt, trb, testError, curves } of lanes) {
      expect(divergedAt).toBeLessThan(100);
      expect([trb, testError]).toEqual([null, null]);
      expect(curves.trb).toEqual([{ step: 100, error: null }]);
      expect(curves.loss).toHaveLength((divergedAt ?? 0) - 1);
    }
  });
});
