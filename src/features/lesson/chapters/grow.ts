import { parts, say } from '../../../language/say.ts';
import type { Chapter } from '../chapter.ts';
import { MEASURING, type Pace, raceOf } from './pace.ts';

const [SHALLOW, GROWN] = ['plain-8', 'plain-14'];

/** Errors of equal nets on equal pictures differ by less than this, in points. */
const EQUAL = 0.05;

/** A deeper net that is no worse, by construction: He et al. 2015, section 1. Its new blocks stand behind shortcuts. */
export function grow(pace: Pace, number: number): Chapter {
  const [start, more] = pace === 'full' ? [150, 50] : [100, 30];
  const end = start + more;
  return {
    number,
    name: () => say('lesson.growName'),
    title: () => say('lesson.growTitle'),
    setup: () => parts('lesson.growSetup', { start }),
    start: { experiment: raceOf(pace, [['plain', 8]], start), step: start, takes: [] },
    sealed: [],
    question: {
      choices: [
        { id: 'always', label: () => say('lesson.growAlways'), when: { quantity: 'apart', from: -EQUAL, to: EQUAL } },
        { id: 'luck', label: () => say('lesson.growLuck'), when: { quantity: 'apart', to: -EQUAL } },
        { id: 'no', label: () => say('lesson.growNo'), when: { quantity: 'apart', from: EQUAL } },
      ],
      ends: null,
    },
    further: null,
    steps: [
      {
        hint: () => parts('lesson.growDo'),
        by: { type: 'button', text: () => say('lesson.growButton') },
        deed: { type: 'grow', lane: SHALLOW },
        highlight: [{ role: 'region', name: () => SHALLOW }],
      },
      {
        ...MEASURING,
        deed: { type: 'measure', quantities: ['shallow', 'grown'], figure: null },
      },
      {
        hint: (value) =>
          Math.abs(value('apart')) < EQUAL
            ? parts('lesson.growSame', { error: value('grown'), more })
            : parts('lesson.growApart', { shallow: value('shallow'), grown: value('grown'), more }),
        by: { type: 'train' },
        deed: { type: 'train', to: end },
        highlight: [{ role: 'region', name: () => GROWN }],
      },
    ],
    quantities: {
      shallow: { type: 'measured', measure: { type: 'fixed-error', lane: SHALLOW } },
      grown: { type: 'measured', measure: { type: 'fixed-error', lane: GROWN } },
      apart: { type: 'difference', of: 'grown', minus: 'shallow' },
      later: { type: 'error', lane: SHALLOW, step: end },
      grownLater: { type: 'error', lane: GROWN, step: end },
      behind: { type: 'difference', of: 'grownLater', minus: 'later' },
    },
    bands: [
      {
        quantity: 'apart',
        from: -EQUAL,
        to: EQUAL,
        usually: (here) => parts('lesson.growApartUsually', { here: Math.abs(here) }),
      },
      { quantity: 'behind', to: 4, usually: (here) => parts('lesson.growUsually', { here }) },
    ],
    remember: () => parts('lesson.growRemember'),
    note: () => parts('lesson.growNote'),
    next: () => say('lesson.growNext'),
  };
}
