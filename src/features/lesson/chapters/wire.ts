import { parts, say } from '../../../language/say.ts';
import type { Chapter } from '../chapter.ts';
import { type Pace, raceOf, trainToEnd } from './pace.ts';
import { wayOf } from './way.ts';

const [SHALLOW, DEEP, TWIN] = ['plain-8', 'plain-32', 'ResNet-32'];

/** Errors that differ by less than this are called level, in points. */
const LEVEL = 3;

/** The shortcut, y = F(x) + x: He et al. 2015, sections 3.1 and 3.2, figure 6. Goes on with the race of chapter 1. */
export function wire(pace: Pace, number: number): Chapter {
  const [start, end, won, behind] = pace === 'full' ? [150, 300, 12, 5] : [100, 200, 6, 9];
  const nets = [['plain', 8] as const, ['plain', 32] as const, ['residual', 32] as const];
  return {
    number,
    name: () => say('lesson.wireName'),
    title: () => say('lesson.wireTitle'),
    setup: () => parts('lesson.wireSetup', { end }),
    start: { experiment: raceOf(pace, nets, start), step: start, takes: [] },
    sealed: [],
    question: {
      choices: [
        {
          id: 'passed',
          label: () => say('lesson.wirePassed'),
          when: { quantity: 'lead', to: -LEVEL },
          ends: { [SHALLOW]: 38, [TWIN]: 30 },
        },
        {
          id: 'level',
          label: () => say('lesson.wireLevel'),
          when: { quantity: 'lead', from: -LEVEL, to: LEVEL },
          ends: { [SHALLOW]: 36, [TWIN]: 36 },
        },
        {
          id: 'behind',
          label: () => say('lesson.wireBehind'),
          when: { quantity: 'lead', from: LEVEL },
          ends: { [SHALLOW]: 32, [TWIN]: 40 },
        },
      ],
      ends: { lanes: [SHALLOW, TWIN], step: end, at: 36 },
    },
    further: null,
    steps: [trainToEnd(end, TWIN)],
    quantities: {
      shallow: { type: 'error', lane: SHALLOW, step: end },
      deep: { type: 'error', lane: DEEP, step: end },
      twin: { type: 'error', lane: TWIN, step: end },
      lead: { type: 'difference', of: 'twin', minus: 'shallow' },
      won: { type: 'difference', of: 'deep', minus: 'twin' },
    },
    bands: [
      { quantity: 'won', from: won, usually: (here) => parts('lesson.wireUsually', { ...wayOf(here), points: won }) },
      { quantity: 'lead', to: behind, usually: (here) => parts('lesson.wireLeadUsually', { here, points: behind }) },
    ],
    remember: (value) => parts(value('won') >= LEVEL ? 'lesson.wireRemember' : 'lesson.wireRememberUsually'),
    note: (value) =>
      parts('lesson.wireNote', { lead: Math.abs(value('lead')), way: value('lead') < 0 ? 'ahead' : 'behind' }),
    next: () => say('lesson.wireNext'),
  };
}
