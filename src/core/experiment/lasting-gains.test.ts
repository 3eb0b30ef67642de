import { describe, expect, test } from 'vitest';
import { makeNet } from '../net/net.ts';
import { type BranchKind, branchOff, grown } from './branch-off.ts';
import { type Experiment, type GainChange, gainsAt } from './experiment.ts';
import { withGains, withLane, withoutLaterSurgery } from './lane-changes.ts';
import { builtWith } from './lasting-gains.ts';
import { PRESETS } from './presets.ts';
import { withPlan } from './surgery.ts';

const NET = makeNet('residual', 8);
const BRANCHED_AT = 100;

/** A lane a with this surgery, and a lane b that was branched off it at step 100. */
function branched(kind: BranchKind, surgery: readonly GainChange[] = []): Experiment {
  const lane = { name: 'a', net: NET };
  const experiment: Experiment = { ...PRESETS.tiny, lanes: [lane], surgery };
  const gains = gainsAt(experiment, 'a', BRANCHED_AT);
  const net = (kind === 'grown' ? grown(NET, gains) : { ...NET, gains }) ?? expect.fail('it cannot be grown');
  const branch = branchOff({ lane, net, step: BRANCHED_AT, surgery }, 'b');
  return withLane(experiment, branch.lane, branch.surgery);
}

const gainsOfB = (experiment: Experiment) => [0, 60, 99, 100, 200].map((step) => gainsAt(experiment, 'b', step));

describe('a gain of a branch that was rewound', () => {
  test('is changed at step 0, and stays so beyond the branch point', () => {
    const experiment = withGains(branched('copy'), 'b', [{ block: 2, gain: 0 }], 0);
    expect(experiment.surgery).toEqual([]);
    expect(gainsOfB(experiment)).toEqual(Array(5).fill([1, 0, 1]));
    expect(gainsAt(experiment, 'a', 200)).toEqual([1, 1, 1]);
  });

  test('is changed in the small net, and stays so in the block that this one becomes', () => {
    const experiment = withGains(branched('grown'), 'b', [{ block: 3, gain: 0 }], 0);
    const [small, large] = [
      [1, 1, 0],
      [1, 1, 1, 1, 0, 1],
    ];
    expect(gainsOfB(experiment)).toEqual([small, small, small, large, large]);
  });

  test('is changed in between, and stays so until it is changed again', () => {
    const cut = withGains(branched('copy'), 'b', [{ block: 1, gain: 0 }], 60);
    const [open, closed] = [
      [1, 1, 1],
      [0, 1, 1],
    ];
    expect(gainsOfB(cut)).toEqual([open, closed, closed, closed, closed]);
    expect(gainsOfB(withGains(cut, 'b', [{ block: 1, gain: 1 }], 60))).toEqual(Array(5).fill(open));
    const restored = withGains(cut, 'b', [{ block: 1, gain: 1 }], 80);
    expect(gainsOfB(restored)).toEqual([open, closed, open, open, open]);
  });

  test.each([0, 60])('is left alone at step %i, where the small net has no such block', (step) => {
    const experiment = branched('grown');
    expect(withGains(experiment, 'b', [{ block: 5, gain: 0 }], step)).toEqual(experiment);
  });

  test('keeps what was changed at the branch point itself', () => {
    const changed = branched('copy', [{ step: 100, lane: 'a', block: 1, gain: 0 }]);
    expect(gainsOfB(withGains(changed, 'b', [{ block: 1, gain: 0.5 }], 60)).map(([first]) => first)).toEqual([
      1, 0.5, 0.5, 0, 0,
    ]);
  });
});

test('surgery that is undone, by rewinding or by Reset, is undone beyond the branch point', () => {
  const experiment = branched('copy');
  const cut = withGains(experiment, 'b', [{ block: 1, gain: 0 }], 60);
  expect(withoutLaterSurgery(cut, 'b', 50, 200)).toEqual(experiment);
  expect(withPlan(cut, [])).toEqual(experiment);
  expect(withPlan(cut, cut.surgery)).toEqual(cut);
});

test('what a block was built with is told through the phases, also of one that was added', () => {
  const cut = [{ step: 60, lane: 'a', block: 3, gain: 0 }];
  const builtAt = (kind: BranchKind, block: number, step: number) => {
    const lane = branched(kind, cut).lanes.find(({ name }) => name === 'b') ?? expect.fail('no branch');
    return builtWith(lane, block, step);
  };
  expect([builtAt('copy', 3, 60), builtAt('copy', 3, 200)]).toEqual([1, 1]);
  expect([builtAt('grown', 3, 60), builtAt('grown', 5, 200), builtAt('grown', 6, 200)]).toEqual([1, 1, 1]);
  const plain = { net: makeNet('plain', 8) };
  const deeper = grown(plain.net, plain.net.gains) ?? expect.fail('it cannot be grown');
  const lane = { net: deeper, origin: { lane: 'a', eras: [{ net: plain.net, until: 50 }] } };
  expect([1, 2, 3].map((block) => builtWith(lane, block, 80))).toEqual([0, 1, 0]);
});
