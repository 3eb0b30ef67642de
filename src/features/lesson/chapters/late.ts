import { parts, say } from '../../../language/say.ts';
import type { Chapter } from '../chapter.ts';
import { MEASURING, type Pace, raceOf } from './pace.ts';
import { wayOf } from './way.ts';

const [NET, TWIN] = ['plain-32', 'ResNet-32'];

/** Errors that differ by less than this are called the same, in points. */
const SAME = 2;

/** Shortcuts that come in mid-training. Measured by this project; not in the paper. */
export function lateChapter(pace: Pace, number: number): Chapter {
  const [start, end, without, last] = pace === 'full' ? [200, 300, 350, 400] : [150, 230, 265, 300];
  // Shown at the end, when plain-32 has trained on: the texts say how long after the switch it was measured.
  const more = end - start;
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
    further: null,
    steps: [
      {
        hint: () => parts('lesson.lateDo', { net: NET }),
        by: { type: 'button', text: () => say('lesson.lateButton') },
        deed: { type: 'switch', lane: NET, gain: 1 },
        highlight: [{ role: 'switch', name: () => say('race.shortcuts'), within: () => NET }],
      },
      {
        ...MEASURING,
        deed: { type: 'measure', quantities: ['after'], figure: null },
      },
      {
        hint: (value) => parts('lesson.lateTrain', { before: value('before'), after: value('after'), more }),
        by: { type: 'train' },
        deed: { type: 'train', to: end },
        highlight: [],
      },
      {
        ...MEASURING,
        deed: { type: 'measure', quantities: ['later', 'intact'], figure: null },
      },
      {
        hint: (value) => parts('lesson.lateOff', { later: value('later') }),
        by: { type: 'button', text: () => say('lesson.lateOffButton', { net: TWIN }) },
        deed: { type: 'switch', lane: TWIN, gain: 0 },
        highlight: [{ role: 'switch', name: () => say('race.shortcuts'), within: () => TWIN }],
      },
      {
        ...MEASURING,
        deed: { type: 'measure', quantities: ['off'], figure: null },
      },
      {
        hint: (value) =>
          parts('lesson.lateWithout', { intact: value('intact'), off: value('off'), more: without - end }),
        by: { type: 'train' },
        deed: { type: 'train', to: without },
        highlight: [],
      },
      {
        hint: () => parts('lesson.lateBack'),
        by: { type: 'button', text: () => say('lesson.lateBackButton') },
        deed: { type: 'switch', lane: TWIN, gain: 1 },
        highlight: [{ role: 'switch', name: () => say('race.shortcuts'), within: () => TWIN }],
      },
      {
        ...MEASURING,
        deed: { type: 'measure', quantities: ['back'], figure: null },
      },
      {
        hint: (value) =>
          parts('lesson.lateTrain', { before: value('off'), after: value('back'), more: last - without }),
        by: { type: 'train' },
        deed: { type: 'train', to: last },
        highlight: [],
      },
      {
        ...MEASURING,
        deed: { type: 'measure', quantities: ['again'], figure: null },
      },
    ],
    quantities: {
      before: { type: 'measured', measure: { type: 'fixed-error', lane: NET } },
      after: { type: 'measured', measure: { type: 'fixed-error', lane: NET } },
      later: { type: 'measured', measure: { type: 'fixed-error', lane: NET } },
      jump: { type: 'difference', of: 'after', minus: 'before' },
      gained: { type: 'difference', of: 'before', minus: 'later' },
      intact: { type: 'measured', measure: { type: 'fixed-error', lane: TWIN } },
      off: { type: 'measured', measure: { type: 'fixed-error', lane: TWIN } },
      back: { type: 'measured', measure: { type: 'fixed-error', lane: TWIN } },
      again: { type: 'measured', measure: { type: 'fixed-error', lane: TWIN } },
      lost: { type: 'difference', of: 'off', minus: 'intact' },
      regained: { type: 'difference', of: 'off', minus: 'again' },
    },
    bands: [
      { quantity: 'jump', from: 2, usually: (here) => parts('lesson.lateUsually', wayOf(here)) },
      { quantity: 'gained', from: 4, usually: (here) => parts('lesson.lateGainedUsually', { ...wayOf(here), more }) },
      { quantity: 'lost', from: 10, usually: (here) => parts('lesson.lateLostUsually', wayOf(here)) },
      { quantity: 'regained', from: 10, usually: (here) => parts('lesson.lateRegainedUsually', wayOf(here)) },
    ],
    remember: (value) => {
      const isAsUsual = value('jump') >= 0 && value('gained') > 0;
      const numbers = { before: value('before'), after: value('after'), later: value('later'), more };
      return parts(isAsUsual ? 'lesson.lateRemember' : 'lesson.lateRememberUsually', numbers);
    },
    note: (value) => parts('lesson.lateNote', { intact: value('intact'), off: value('off'), again: value('again') }),
    next: () => say('lesson.lateNext'),
  };
}
