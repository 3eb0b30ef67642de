import { describe, expect, test } from 'vitest';
import { makeNet, type NetSpec } from '../net/net.ts';
import { branchOff, grown, growthProblem } from './branch-off.ts';
import { type Experiment, gainsAt } from './experiment.ts';
import { branchStep } from './lineage.ts';
import { parseExperiment } from './parse/parse.ts';
import { PRESETS } from './presets.ts';
import { sortedByStep } from './surgery.ts';

const NET = makeNet('residual', 8);
const withGains = (gains: readonly number[]): NetSpec => ({ ...NET, gains });

const EXPERIMENT: Experiment = {
  ...PRESETS.tiny,
  lanes: [{ name: 'a', net: NET }],
  surgery: [
    { step: 10, lane: 'a', block: 1, gain: 0 },
    { step: 20, lane: 'a', block: 1, gain: 0.5 },
  ],
};

/** The experiment with a lane b that was branched off a. */
function branchedAt(step: number): Experiment {
  const [lane = { name: 'a', net: NET }] = EXPERIMENT.lanes;
  const net = withGains(gainsAt(EXPERIMENT, 'a', step));
  const branched = branchOff({ lane, net, step, surgery: EXPERIMENT.surgery }, 'b');
  return {
    ...EXPERIMENT,
    lanes: [...EXPERIMENT.lanes, branched.lane],
    surgery: sortedByStep([...EXPERIMENT.surgery, ...branched.surgery]),
  };
}

describe('a branch', () => {
  test.each([0, 9, 10, 15, 20, 25])('at step %i has had the gains of its parent, and has them', (step) => {
    const experiment = branchedAt(step);
    for (const at of [0, 9, 10, 19, 20].filter((each) => each < step)) {
      expect(gainsAt(experiment, 'b', at)).toEqual(gainsAt(experiment, 'a', at));
    }
    expect(gainsAt(experiment, 'b', step)).toEqual(gainsAt(experiment, 'a', step));
  });

  test('is not touched by what is done to its parent later', () => {
    expect(gainsAt(branchedAt(15), 'b', 30)).toEqual([0, 1, 1]);
  });

  test('knows where it was branched; at step 0 it is a lane like any other', () => {
    const [, late] = branchedAt(15).lanes;
    const [, first] = branchedAt(0).lanes;
    expect(late && branchStep(late)).toBe(15);
    expect(first).toEqual({ name: 'b', net: NET });
  });

  test('survives a link', () => {
    const experiment = branchedAt(15);
    expect(parseExperiment(JSON.parse(JSON.stringify(experiment)))).toEqual(experiment);
  });
});

describe('a grown net', () => {
  test('has one more block in each stage, behind an open shortcut', () => {
    expect(grown(withGains([0, 0.5, 1]), [0, 0.5, 1])).toMatchObject({ depth: 14, gains: [0, 1, 0.5, 1, 1, 1] });
  });

  test('is none where every shortcut is a projection', () => {
    expect(grown({ ...NET, option: 'C' }, NET.gains)).toBeNull();
  });

  test('is none where the last ReLU of a new block is sloped, or the depths are fixed', () => {
    const sloped = makeNet('residual', 8, { choices: { slope: 0.5 } });
    expect([grown(sloped, sloped.gains), growthProblem(sloped)]).toEqual([null, 'slope']);
    const vgg: NetSpec = { design: 'vgg', family: 'plain', depth: 19, width: 64, norm: true, gains: [] };
    expect([grown(vgg, []), growthProblem(vgg)]).toEqual([null, 'depth']);
  });
});

test.each([
  [{ lane: 'a', eras: [] }, 'eras: none'],
  [
    {
      lane: 'a',
      eras: [
        { net: NET, until: 5 },
        { net: NET, until: 5 },
      ],
    },
    'they end at 5, 5',
  ],
  [{ lane: 'a', eras: [{ net: makeNet('residual', 14), until: 5 }] }, '"b" cannot come from its origin'],
  [{ lane: 'a', eras: [{ net: makeNet('plain', 8), until: 5 }] }, '"b" cannot come from its origin'],
])('an origin that cannot be is refused', (origin, message) => {
  expect(() => parseExperiment({ lanes: [{ name: 'b', net: NET, origin }] })).toThrow(message);
});
