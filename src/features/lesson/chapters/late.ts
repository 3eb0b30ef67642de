import { parts, say } from '../../../language/say.ts';
import type { Chapter } from '../chapter.ts';
import { type Pace, raceOf } from './pace.ts';

const NET = 'plain-32';

/** Errors that differ by less than this are called the same, in points. */
const SAME = 2;

/** Shortcuts that come in mid-training. Measured by this project; not in the paper. */
export function lateChapter(pace: Pace, number: number): Chapter {
  const [start, end] = pace === 'full' ? [200, 300] : [150, 230];
  const nets = [['plain', 32] as const, ['residual', 32] as const];
  return {
    number,
    name: () => say('lesson.lateName'),
    title: () => say('lesson.lateTitle'),
    setup: () => parts('lesson.lateSetup', { start }),
    start: { experiment: raceOf(pace, nets, start), step: start, takes: ['before'] },
    sealed: [],
    question: {
      choices: [
        { id: 'lower', label: () => say('lesson.lateLower'), when: { quantity: 'jump', to: -SAME } },
        { id: 'same', label: () => say('lesson.same'), when: { quantity: 'jump', from: -SAME, to: SAME } },
        { id: 'higher', label: () => say('lesson.lateHigher'), when: { quantity: 'jump', from: SAME } },
      ],
      ends: null,
    },
    steps: [
      {
        hint: () => parts('lesson.lateDo', { net: NET }),
        by: { type: 'button', text: () => say('lesson.lateButton') },
        deed: { type: 'switch', lane: NET, gain: 1 },
        until: { type: 'gains', lane: NET, gain: 1 },
        highlight: [{ role: 'switch', name: () => say('race.shortcuts'), within: () => NET }],
      },
      {
        hint: () => parts('lesson.comparing'),
        by: { type: 'lesson' },
        deed: { type: 'measure', quantities: ['after'], figure: null },
        until: { type: 'measured', quantities: ['after'] },
        highlight: [],
      },
      {
        hint: (value) =>
          parts('lesson.lateTrain', { before: value('before'), after: value('after'), more: end - start }),
        by: { type: 'train' },
        deed: { type: 'train', to: end },
        until: { type: 'step', step: end },
        highlight: [],
      },
      {
        hint: () => parts('lesson.comparing'),
        by: { type: 'lesson' },
        deed: { type: 'measure', quantities: ['later'], figure: null },
        until: { type: 'measured', quantities: ['later'] },
        highlight: [],
      },
    ],
    quantities: {
      before: { type: 'measured', measure: { type: 'fixed-error', lane: NET } },
      after: { type: 'measured', measure: { type: 'fixed-error', lane: NET } },
      later: { type: 'measured', measure: { type: 'fixed-error', lane: NET } },
      jump: { type: 'difference', of: 'after', minus: 'before' },
      gained: { type: 'difference', of: 'before', minus: 'later' },
    },
    bands: [
      { quantity: 'jump', from: 2, usually: () => parts('lesson.lateUsually') },
      { quantity: 'gained', from: 4 },
    ],
    remember: (value) =>
      parts('lesson.lateRemember', { before: value('before'), after: value('after'), later: value('later') }),
    note: () => parts('lesson.lateNote'),
    next: () => say('lesson.lateNext'),
  };
}
