import { parts, say } from '../../../language/say.ts';
import type { Chapter } from '../chapter.ts';
import { type Pace, raceOf } from './pace.ts';

const NET = 'ResNet-32';

/** A branch about as large as its input is within this factor of it. */
const ABOUT = 1.15;

/** What a residual block adds to its input: He et al. 2015, section 3.1; De and Smith 2020. */
export function blockChapter(pace: Pace, number: number): Chapter {
  const start = pace === 'full' ? 50 : 25;
  return {
    number,
    name: () => say('lesson.blockName'),
    title: () => say('lesson.blockTitle'),
    setup: () => parts('lesson.blockSetup'),
    start: { experiment: raceOf(pace, [['residual', 32]], start), step: start, takes: [] },
    sealed: [],
    question: {
      choices: [
        { id: 'added', label: () => say('lesson.blockAdded'), when: { quantity: 'eighth', from: ABOUT } },
        { id: 'given', label: () => say('lesson.blockGiven'), when: { quantity: 'eighth', to: 1 / ABOUT } },
        { id: 'same', label: () => say('lesson.blockEqual'), when: { quantity: 'eighth', from: 1 / ABOUT, to: ABOUT } },
      ],
      ends: null,
    },
    further: null,
    steps: [
      {
        hint: () => parts('lesson.blockDo'),
        by: { type: 'button', text: () => say('lesson.measure') },
        deed: { type: 'measure', quantities: ['first', 'eighth', 'last'], figure: 'branches' },
        highlight: [],
      },
      {
        hint: (value) => parts('lesson.blockLook', { first: value('first'), last: value('last') }),
        by: { type: 'button', text: () => say('lesson.blockLookButton') },
        deed: { type: 'look', lane: NET, block: 8 },
        highlight: [],
      },
      {
        hint: () => parts('lesson.blockSlow'),
        by: { type: 'button', text: () => say('lesson.blockSlowButton') },
        deed: { type: 'slow-motion' },
        highlight: [],
      },
    ],
    quantities: {
      first: { type: 'measured', measure: { type: 'branch-ratio', lane: NET, block: 1 } },
      eighth: { type: 'measured', measure: { type: 'branch-ratio', lane: NET, block: 8 } },
      last: { type: 'measured', measure: { type: 'branch-ratio', lane: NET, block: 15 } },
    },
    bands: [
      { quantity: 'eighth', to: 1 / ABOUT, usually: (here) => parts('lesson.blockLessUsually', { block: 8, here }) },
      { quantity: 'first', from: 0.9, usually: (here) => parts('lesson.blockMoreUsually', { block: 1, here }) },
      { quantity: 'last', to: 0.9, usually: (here) => parts('lesson.blockLessUsually', { block: 15, here }) },
    ],
    remember: (value) => parts('lesson.blockRemember', { first: value('first'), last: value('last') }),
    note: () => parts('lesson.blockNote'),
    next: () => say('lesson.blockNext'),
  };
}
