import { describe, expect, test } from 'vitest';
import type { Experiment, GainChange, LaneSpec } from '../../../core/experiment/experiment.ts';
import { PRESETS } from '../../../core/experiment/presets.ts';
import type { Recipe } from '../../../core/experiment/recipe.ts';
import { makeNet } from '../../../core/net/net.ts';
import { surgeryText } from '../../runs/traits.ts';
import { marksOf } from './marks.ts';

const LANE = 'ResNet-32';

function experiment(surgery: readonly GainChange[], recipe: Partial<Recipe> = {}): Experiment {
  return { ...PRESETS.degradation, surgery, recipe: { ...PRESETS.degradation.recipe, ...recipe } };
}

function change(step: number, block: number, gain: number, lane = LANE): GainChange {
  return { step, lane, block, gain };
}

function texts(of: Experiment, step = 100): readonly string[] {
  return marksOf(of, step).map(({ text }) => text);
}

describe('surgery', () => {
  test.each([
    [0, 'cut', 'ResNet-32: shortcut 4 cut'],
    [1, 'mend', 'ResNet-32: shortcut 4 restored'],
    [0.5, 'gain', 'ResNet-32: shortcut 4 at strength 0.5'],
  ])('with gain %d is marked as %s', (gain, kind, text) => {
    expect(marksOf(experiment([change(7, 4, gain)]), 7)).toEqual([{ step: 7, kind, text }]);
  });

  test('is worded by what the shortcuts began with, not by the name of the net', () => {
    const begun = (gain: number) => {
      const lanes = PRESETS.degradation.lanes.map((lane) => ({
        ...lane,
        net: { ...lane.net, gains: lane.net.gains.map(() => gain) },
      }));
      return texts({ ...experiment([change(7, 4, 1)]), lanes });
    };
    expect([0, 0.5, 1].flatMap(begun)).toEqual([
      'ResNet-32: shortcut 4 added',
      'ResNet-32: shortcut 4 at strength 1',
      'ResNet-32: shortcut 4 restored',
    ]);
  });

  test('of a branch and of a net that has grown has the words that Runs has for it', () => {
    const [open, closed, plain] = [makeNet('residual', 8), [1, 1, 0], makeNet('plain', 8)];
    const lanes: readonly LaneSpec[] = [
      { name: 'b', net: { ...open, gains: closed }, origin: { lane: 'a', eras: [{ net: open, until: 60 }] } },
      {
        name: 'deeper',
        net: { ...makeNet('plain', 14), gains: [0, 1, 0, 1, 0, 1] },
        origin: { lane: 'plain-8', eras: [{ net: plain, until: 60 }] },
      },
    ];
    const surgery = [change(70, 3, 1, 'b'), change(80, 2, 0, 'deeper')];
    const of = { ...experiment(surgery), lanes };
    expect(texts(of).filter((text) => text.includes('shortcut'))).toEqual([
      'b: shortcut 3 restored',
      'deeper: shortcut 2 cut',
    ]);
    expect(surgeryText(of)).toBe('b: shortcut 3 restored at 70; deeper: shortcut 2 cut at 80');
  });

  test('the step at which training waits is marked until it is passed', () => {
    const wait = { step: 60, kind: 'wait', text: 'waits at step 60', planned: true };
    expect(marksOf(PRESETS.degradation, 60, 60)).toEqual([wait]);
    expect(marksOf(PRESETS.degradation, 61, 60)).toEqual([]);
  });

  test('of one kind at one step to one net is counted', () => {
    expect(texts(experiment([change(7, 1, 0), change(7, 2, 0)]))).toEqual(['ResNet-32: 2 shortcuts cut']);
    expect(texts(experiment([change(7, 1, 1), change(7, 2, 1)]))).toEqual(['ResNet-32: 2 shortcuts restored']);
    expect(texts(experiment([change(7, 1, 2), change(7, 2, 0.5)]))).toEqual(['ResNet-32: 2 shortcuts changed']);
  });

  test('at one step is one mark that tells of all of it', () => {
    const surgery = [change(7, 1, 0), change(7, 2, 1), change(7, 1, 0, 'plain-32'), change(8, 2, 0)];
    const first =
      'ResNet-32: shortcut 1 cut, ResNet-32: shortcut 2 restored, plain-32: shortcut 1 removed, rate ÷ 10, warm-up ends';
    const recipe = { drops: [{ step: 7, by: 10 }], warmUp: { steps: 7, rate: 0.01 } };
    expect(marksOf(experiment(surgery, recipe), 100)).toEqual([
      { step: 7, kind: 'cut', text: first },
      { step: 8, kind: 'cut', text: 'ResNet-32: shortcut 2 cut' },
    ]);
  });

  test('to all shortcuts of a net is said in short; a plain net is given shortcuts', () => {
    const all = (gain: number, lane: string) =>
      Array.from({ length: 15 }, (_, block) => change(7, block + 1, gain, lane));
    expect(texts(experiment(all(0, LANE)))).toEqual(['ResNet-32: all shortcuts off']);
    expect(texts(experiment(all(1, 'plain-32')))).toEqual(['plain-32: all shortcuts on']);
    expect(texts(experiment([change(7, 4, 1, 'plain-32')]))).toEqual(['plain-32: shortcut 4 added']);
  });

  test('that lies ahead is planned', () => {
    const ahead = experiment([change(7, 4, 0)]);
    expect(marksOf(ahead, 6)).toEqual([
      { step: 7, kind: 'cut', text: 'planned: ResNet-32: shortcut 4 cut', planned: true },
    ]);
    expect(marksOf(ahead, 7)).toEqual([{ step: 7, kind: 'cut', text: 'ResNet-32: shortcut 4 cut' }]);
  });

  test('that is planned for all shortcuts of a net is said in short', () => {
    const all = (gain: number) => Array.from({ length: 15 }, (_, block) => change(7, block + 1, gain));
    expect(texts(experiment(all(1)), 6)).toEqual(['planned: ResNet-32 on']);
    expect(texts(experiment(all(0)), 6)).toEqual(['planned: ResNet-32 off']);
  });
});

describe('the schedule', () => {
  const recipe = { drops: [{ step: 40, by: 10 }], warmUp: { steps: 5, rate: 0.01 } };

  test('is marked where the race has come that far, in the order of steps', () => {
    expect(texts(experiment([change(7, 4, 0)], recipe), 40)).toEqual([
      'warm-up ends',
      'ResNet-32: shortcut 4 cut',
      'rate ÷ 10',
    ]);
    expect(texts(experiment([], recipe), 39)).toEqual(['warm-up ends']);
    expect(texts(experiment([], recipe), 4)).toEqual([]);
  });
});

test('a drop within the warm-up is marked where the rate falls by it', () => {
  const recipe = { drops: [{ step: 20, by: 10 }], warmUp: { steps: 50, rate: 0.01 } };
  expect(texts(experiment([], recipe), 40)).toEqual([]);
  expect(marksOf(experiment([], recipe), 50)).toEqual([{ step: 50, kind: 'drop', text: 'rate ÷ 10, warm-up ends' }]);
});

test('a race that nothing happened to has no marks', () => {
  expect(marksOf(PRESETS.degradation, 150)).toEqual([]);
});
