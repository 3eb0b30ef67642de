import { PRESETS } from '../../../core/experiment/presets.ts';
import { USUAL_SHARE } from '../../../core/net/choices.ts';
import { parts, say } from '../../../language/say.ts';
import type { Chapter } from '../chapter.ts';
import { type Pace, raceOf, trainToEnd } from './pace.ts';
import { wayOf } from './way.ts';

const [PLAIN, RESIDUAL, CURED] = ['plain-32', 'ResNet-32', 'plain-32, identity start'];

/** The nets of the preset `cures` without the two between which they are compared. */
const DESIGNS = PRESETS.cures.lanes.length - 2;

/** A net is near one of the others within this share of the distance between them. */
const NEAR = 1 / 3;

/** A plain net whose convolutions start near the identity: Zagoruyko and Komodakis 2017, DiracNets. Not in the paper. */
export function cure(pace: Pace, number: number): Chapter {
  const [end, gap, won, behind] = pace === 'full' ? [150, 9, 12, 6] : [100, 5, 4, 6];
  return {
    number,
    name: () => say('lesson.cureName'),
    title: () => say('lesson.cureTitle'),
    setup: () => parts('lesson.cureSetup', { end }),
    start: {
      experiment: raceOf(
        pace,
        [
          ['plain', 32],
          ['residual', 32],
          ['plain', 32, { start: { type: 'identity', share: USUAL_SHARE } }],
        ],
        end,
      ),
      step: 0,
      takes: [],
    },
    sealed: [],
    question: {
      choices: [
        { id: 'plain', label: () => say('lesson.cureNear', { net: PLAIN }), when: { quantity: 'share', to: NEAR } },
        {
          id: 'between',
          label: () => say('lesson.cureBetween'),
          when: { quantity: 'share', from: NEAR, to: 1 - NEAR },
        },
        {
          id: 'residual',
          label: () => say('lesson.cureNear', { net: RESIDUAL }),
          when: { quantity: 'share', from: 1 - NEAR },
        },
      ],
      ends: null,
    },
    further: null,
    steps: [trainToEnd(end, CURED)],
    quantities: {
      plain: { type: 'error', lane: PLAIN, step: end },
      residual: { type: 'error', lane: RESIDUAL, step: end },
      cured: { type: 'error', lane: CURED, step: end },
      gap: { type: 'difference', of: 'plain', minus: 'residual' },
      won: { type: 'difference', of: 'plain', minus: 'cured' },
      behind: { type: 'difference', of: 'cured', minus: 'residual' },
      share: { type: 'ratio', of: 'won', over: 'gap' },
    },
    bands: [
      { quantity: 'gap', from: gap, usually: (here) => parts('lesson.wireUsually', { ...wayOf(here), points: gap }) },
      { quantity: 'won', from: won, usually: (here) => parts('lesson.cureUsually', { ...wayOf(here), points: won }) },
      {
        quantity: 'behind',
        to: behind,
        usually: (here) => parts('lesson.cureBehindUsually', { here, points: behind }),
      },
    ],
    remember: (value) => {
      const isCured = value('gap') > 0 && value('share') >= 1 - NEAR;
      return parts(isCured ? 'lesson.cureRemember' : 'lesson.cureRememberUsually');
    },
    note: () => parts('lesson.cureNote', { end }),
    next: null,
    beyond: { preset: 'cures', text: () => say('lesson.cureAll', { designs: DESIGNS }) },
  };
}
