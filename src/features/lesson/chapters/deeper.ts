import { parts, say } from '../../../language/say.ts';
import type { Chapter } from '../chapter.ts';
import { type Pace, raceOf, trainToEnd } from './pace.ts';
import { wayOf } from './way.ts';

const [SHALLOW, DEEP, TWIN] = ['plain-8', 'plain-32', 'ResNet-32'];

/** Errors that differ by less than this are called the same, in points. */
const SAME = 3;

/** Degradation: He et al. 2015, section 1, figure 1. The twin with shortcuts is trained along, sealed. */
export function deeper(pace: Pace, number: number): Chapter {
  const [step, gap, won] = pace === 'full' ? [150, 12, 9] : [100, 8, 6];
  const nets = [['plain', 8] as const, ['plain', 32] as const, ['residual', 32] as const];
  return {
    number,
    name: () => say('lesson.deeperName'),
    title: () => say('lesson.deeperTitle'),
    setup: () => parts('lesson.deeperSetup', { step }),
    start: { experiment: raceOf(pace, nets, step), step: 0, takes: [] },
    sealed: [TWIN],
    question: {
      choices: [
        {
          id: 'shallow',
          label: () => say('lesson.deeper8'),
          lane: SHALLOW,
          when: { quantity: 'gap', from: SAME },
          ends: { [SHALLOW]: 45, [DEEP]: 60 },
        },
        {
          id: 'deep',
          label: () => say('lesson.deeper32'),
          lane: DEEP,
          when: { quantity: 'gap', to: -SAME },
          ends: { [SHALLOW]: 60, [DEEP]: 45 },
        },
        {
          id: 'same',
          label: () => say('lesson.same'),
          when: { quantity: 'gap', from: -SAME, to: SAME },
          ends: { [SHALLOW]: 52, [DEEP]: 52 },
        },
      ],
      ends: { lanes: [SHALLOW, DEEP], step, at: 60 },
    },
    further: null,
    steps: [trainToEnd(step, null)],
    quantities: {
      shallow: { type: 'error', lane: SHALLOW, step },
      deep: { type: 'error', lane: DEEP, step },
      twin: { type: 'error', lane: TWIN, step },
      gap: { type: 'difference', of: 'deep', minus: 'shallow' },
      won: { type: 'difference', of: 'deep', minus: 'twin' },
    },
    bands: [
      { quantity: 'gap', from: gap, usually: (here) => parts('lesson.deeperUsually', { ...wayOf(here), points: gap }) },
      { quantity: 'won', from: won, usually: (here) => parts('lesson.wireUsually', { ...wayOf(here), points: won }) },
    ],
    remember: (value) => parts(value('gap') >= SAME ? 'lesson.deeperRemember' : 'lesson.deeperRememberUsually'),
    note: () => parts('lesson.deeperNote'),
    next: () => say('lesson.deeperNext'),
  };
}
