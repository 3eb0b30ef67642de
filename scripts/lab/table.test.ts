import { expect, it } from 'vitest';
import { PRESETS } from '../../src/core/experiment/presets.ts';
import { en } from '../../src/language/en/catalog.ts';
import { speak } from '../../src/language/say.ts';
import { zh } from '../../src/language/zh/catalog.ts';
import { insightRows } from './insight-table.ts';
import type { Outcome } from './jobs.ts';
import { summary } from './table.ts';

function outcome(seed: number, errors: readonly (number | null)[]): Outcome {
  const curves = { step: [], trainError: [], loss: [], testError: [], trb: [] };
  const lanes = PRESETS.tiny.lanes.map(({ name }, index) => {
    const error = errors[index] ?? null;
    return { name, trb: error, testError: error, divergedAt: error === null ? 9 : null, curves };
  });
  const device = { backend: 'wasm', adapter: '1 thread', passedOver: [] };
  return {
    type: 'done',
    device,
    majority: 73.06,
    images: { training: 192, test: 48 },
    run: { seed, lanes, insight: { lesions: [], random: [], probes: [] } },
  };
}

it('shows means over the seeds and gaps between the nets', () => {
  const text = summary(PRESETS.tiny, [outcome(1, [40, 60, 41]), outcome(2, [42, 64, 40])]);
  const rows = text.split('\n').map((line) => line.split(/ {2,}/));
  expect(rows).toContainEqual(['trb', 'mean', 'seed 1', 'seed 2']);
  expect(rows).toContainEqual(['plain-32', '62.0', '60.0', '64.0']);
  expect(rows).toContainEqual(['plain-32 - plain-8', '21.0', '20.0', '22.0']);
  expect(rows).toContainEqual(['ResNet-32 - plain-8', '-0.5', '1.0', '-2.0']);
  expect(text).toContain('73.1');
  expect(text).toMatch(/on 192 fixed training images[^.]* on 48\s+fixed test images/);
});

it('has no mean over seeds of which one is missing', () => {
  const text = summary(PRESETS.tiny, [outcome(1, [40, 60, 41]), outcome(2, [42, null, 40])]);
  const rows = text.split('\n').map((line) => line.split(/ {2,}/));
  expect(rows).toContainEqual(['plain-32', '-', '60.0', '-']);
  expect(rows).toContainEqual(['plain-32 - plain-8', '-', '20.0', '-']);
  expect(text).toContain('plain-32 diverged in step 9 with seed 2.');
});

it('shows trb after each step where it was measured at a few', () => {
  const runs = [1, 2].map((seed) => {
    const { run, ...rest } = outcome(seed, [40, 60, 41]);
    const trb = [
      { step: 50, error: 60 + seed },
      { step: 100, error: 40 },
    ];
    return { ...rest, run: { ...run, lanes: run.lanes.map((lane) => ({ ...lane, curves: { ...lane.curves, trb } })) } };
  });
  const rows = summary(PRESETS.tiny, runs)
    .split('\n')
    .map((line) => line.split(/ {2,}/));
  expect(rows).toContainEqual(['trb after step', '50', '100']);
  expect(rows).toContainEqual(['plain-32', '61.5', '40.0']);
});

it('shows the mean and the extremes of the jumps over blocks and seeds', () => {
  const lesions = (errors: readonly (number | null)[]) => [
    {
      study: 'sweep',
      lane: 'plain-8',
      step: 9,
      kind: 'branch',
      before: { batch: 40 },
      bars: errors.map((error, index) => ({ lesion: { block: index + 1 }, errors: { batch: error } })),
    } as const,
  ];
  const random = (...errors: readonly (readonly (number | null)[])[]) => [
    {
      study: 'random',
      lane: 'plain-8',
      step: 9,
      kind: 'branch',
      before: { batch: 40 },
      curve: errors.map((trials, index) => ({
        count: index + 1,
        trials: trials.map((error) => ({ lesions: [], errors: { batch: error } })),
      })),
    } as const,
  ];
  const probes = (ratio: number) => [{ name: 'gradients', lane: 'plain-8', step: 0, ratio } as const];
  const runs = [
    { lesions: lesions([50, 60]), random: random([45, 55], [70]), probes: probes(2) },
    { lesions: lesions([42, 48]), random: random([50], [80]), probes: probes(4) },
  ];
  const [sweeps, several, probed] = insightRows(runs);
  expect(sweeps?.[1]?.slice(0, 4)).toEqual(['plain-8', 'branch', '40.0', '+10.0 [+2.0, +20.0]']);
  expect(probed?.[1]).toEqual(['plain-8', 'gradients', '0', '3.00']);
  expect(several?.[1]).toEqual(['plain-8', 'branch', '40.0', '50.0', '75.0']);
  expect(insightRows([{ lesions: [], random: [], probes: [] }])).toEqual([]);
  const diverged = {
    lesions: lesions([null]),
    random: random([null]),
    probes: [{ name: 'gradients', lane: 'plain-8', step: 0, ratio: null } as const],
  };
  const [dashes, dashed, none] = insightRows([...runs, diverged]);
  expect(dashes?.[1]?.slice(0, 4)).toEqual(['plain-8', 'branch', '40.0', '-']);
  expect(dashed?.[1]).toEqual(['plain-8', 'branch', '40.0', '-', '75.0']);
  expect(none?.[1]).toEqual(['plain-8', 'gradients', '0', '-']);
});

it('is said in Chinese, its columns aligned by the cells of a terminal', () => {
  speak('zh', zh);
  const text = summary(PRESETS.tiny, [outcome(1, [40, 60, 41])]);
  speak('en', en);
  expect(text).toContain('表情\uff08按设计者\uff09');
  const rows = text.split('\n').filter((line) => /^(测试错误率|plain-8|plain-32 ) /.test(line));
  expect(text).toMatch(/\ntrb +均值 +种子 1\n/);
  expect(rows.length).toBeGreaterThan(1);
});
