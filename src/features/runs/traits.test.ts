import { afterEach, expect, test } from 'vitest';
import { differences } from '../../core/experiment/comparison.ts';
import type { GainChange, LaneSpec } from '../../core/experiment/experiment.ts';
import { parseExperiment } from '../../core/experiment/parse/parse.ts';
import { PRESETS } from '../../core/experiment/presets.ts';
import type { SavedRun } from '../../core/results/run.ts';
import { en } from '../../language/en/catalog.ts';
import { speak } from '../../language/say.ts';
import { zh } from '../../language/zh/catalog.ts';
import { differenceName, runName } from './saved-runs.ts';
import { surgeryText, traitText } from './traits.ts';

const { twins } = PRESETS;
const cut = (lane: string, block: number, gain: number, step: number): GainChange => ({ lane, block, gain, step });
const withSurgery = (...surgery: readonly GainChange[]) => ({ ...twins, surgery });
const run = (experiment: SavedRun['experiment'], name: string | null = null): SavedRun => {
  return { id: 'a', name, startedAt: 0, experiment, device: null, step: 0, curves: [] };
};

afterEach(() => speak('en', en));

test('a run is named by what happened to its shortcuts', () => {
  const restored = withSurgery(cut('ResNet-20', 3, 0, 12), cut('ResNet-20', 3, 1, 19));
  expect(runName(run(restored), run(twins))).toBe('ResNet-20: shortcut 3 cut at 12, restored at 19');
  expect(runName(run(restored), undefined)).toBe('ResNet-20: shortcut 3 cut at 12, restored at 19');
  expect(runName(run(twins), run(restored))).toBe('no shortcut changed');
  speak('zh', zh);
  expect(runName(run(restored), run(twins))).toBe('ResNet-20\uff1a快捷连接 3 在第 12 步切断\uff0c在第 19 步接通');
});

test('shortcuts to which the same happened are named together, and those of a plain net are added', () => {
  const all = [1, 2, 3, 7].map((block) => cut('plain-20', block, 1, 50));
  expect(surgeryText(withSurgery(...all, cut('ResNet-20', 2, 0.5, 1200)))).toBe(
    'plain-20: shortcuts 1–3, 7 added at 50; ResNet-20: shortcut 2 set to 0.5 at 1,200',
  );
});

test('a shortcut that a branch had until it was cut is cut, and not removed', () => {
  const [lane = expect.fail('no lane')] = twins.lanes.filter(({ name }) => name === 'ResNet-20');
  const closed = { ...lane.net, gains: lane.net.gains.with(2, 0) };
  const branch = { name: 'b', net: closed, origin: { lane: lane.name, eras: [{ net: lane.net, until: 40 }] } };
  expect(surgeryText({ ...twins, lanes: [lane, branch], surgery: [cut('b', 3, 0, 12)] })).toBe(
    'b: shortcut 3 cut at 12',
  );
});

test('a run is named as a person named it, else by its first two differences, else as the same again', () => {
  const recipe = { ...twins.recipe, learningRate: 0.5, batch: 16, seed: 9 };
  const other = { ...twins, recipe };
  expect(runName(run(other, 'mine'), run(twins))).toBe('mine');
  expect(differenceName(twins, other)).toBe('learning rate 0.03 → 0.5, batch 64 → 16 and 1 more');
  expect(differenceName(twins, twins)).toBe('the same again');
  expect(runName(run(twins), undefined)).toBe('plain-20, ResNet-20');
});

test('nets of one name that began otherwise are others, and so are images of one name', () => {
  const changed = (more: Partial<LaneSpec>, from = twins) => ({
    ...from,
    lanes: from.lanes.map((lane) => (lane.name === 'ResNet-20' ? { ...lane, ...more } : lane)),
  });
  const { net = expect.unreachable() } = twins.lanes[1] ?? {};
  const cutOff = changed({ net: { ...net, gains: net.gains.map((_, index) => (index < 3 ? 0 : 1)) } });
  expect(differenceName(twins, cutOff)).toBe('nets plain-20, ResNet-20 → plain-20, ResNet-20 (shortcuts 1–3 at 0)');
  const loaded = (hash: string) => changed({ start: { file: 'a.safetensors', hash: hash.repeat(64) } });
  expect(traitText('nets', loaded('b'))).toBe('plain-20, ResNet-20 (a.safetensors (bbbbbb))');
  expect(differences(loaded('b'), loaded('c'))).toEqual(['nets']);
  const branched = changed({ origin: { lane: 'x', eras: [{ net, until: 30 }] } });
  expect(traitText('nets', branched)).toBe('plain-20, ResNet-20 (branched off at 30)');
  expect(differences(twins, branched)).toEqual(['nets']);
  const wider = { ...twins, lanes: twins.lanes.map((lane) => ({ ...lane, net: { ...lane.net, width: 16 } })) };
  expect(differences(twins, wider)).toEqual(['widths']);

  const own = (hash: string, name = 'mine') => {
    return { ...twins, data: { source: 'own', name, hash: hash.repeat(64), size: 16 } } as const;
  };
  expect(differenceName(own('d'), own('e'))).toBe('data mine (dddddd) → mine (eeeeee)');
  expect(differences(own('d'), own('d', 'called otherwise'))).toEqual([]);
});

test('a list of settings is said in the language of the page', () => {
  const lanes = Array.from({ length: 11 }, (_, nth) => ({ ...twins.lanes[0], name: `plain-20 ${nth + 1}` }));
  const many = parseExperiment({ ...twins, lanes });
  const drops = [
    { step: 100, by: 10 },
    { step: 200, by: 10 },
  ];
  const dropping = { ...twins, recipe: { ...twins.recipe, drops } };
  expect(traitText('nets', many)).toBe(
    'plain-20 1, plain-20 2, plain-20 3, plain-20 4, plain-20 5, plain-20 6, plain-20 7, plain-20 8 and 3 more',
  );
  expect(traitText('drops', dropping)).toBe('÷10 at 100, ÷10 at 200');
  speak('zh', zh);
  expect(traitText('nets', many)).toBe(
    'plain-20 1、plain-20 2、plain-20 3、plain-20 4、plain-20 5、plain-20 6、plain-20 7、plain-20 8 和另外 3 个',
  );
  expect(traitText('drops', dropping)).not.toContain(',');
});

test('a setting is said as it is set', () => {
  const warmUp = { steps: 1, rate: 0.01 };
  const drops = [{ step: 32_000, by: 10 }];
  const paper = { ...twins, recipe: { ...twins.recipe, warmUp, drops } };
  expect(traitText('warmUp', paper)).toBe('1 step at 0.01');
  expect(traitText('drops', paper)).toBe('÷10 at 32,000');
  expect(traitText('drops', twins)).toBe('none');
  expect(traitText('data', twins)).toBe('emoji by designer');
});
