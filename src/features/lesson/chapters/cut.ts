import { parts, say } from '../../../language/say.ts';
import type { Chapter } from '../chapter.ts';
import { type Pace, raceOf } from './pace.ts';
import { wayOf } from './way.ts';

const [PLAIN, RESIDUAL] = ['plain-20', 'ResNet-32'];

/** Damages that differ by less than this are called the same, in points. */
const SAME = 3;
/** Points that a cut shortcut costs more than a deleted branch, in the mean over several seeds. */
const WIRE = 5;

/** Blocks are deleted without retraining: Veit, Wilber and Belongie 2016, section 4.1. */
export function cut(pace: Pace, number: number): Chapter {
  const start = pace === 'full' ? 300 : 200;
  const nets = [['plain', 20] as const, ['residual', 32] as const];
  return {
    number,
    name: () => say('lesson.cutName'),
    title: () => say('lesson.cutTitle'),
    setup: () => parts('lesson.cutSetup', { start }),
    start: { experiment: raceOf(pace, nets, start), step: start, takes: [] },
    sealed: [],
    question: {
      choices: [
        { id: 'plain', label: () => PLAIN, lane: PLAIN, when: { quantity: 'more', from: SAME } },
        { id: 'residual', label: () => RESIDUAL, lane: RESIDUAL, when: { quantity: 'more', to: -SAME } },
        { id: 'same', label: () => say('lesson.same'), when: { quantity: 'more', from: -SAME, to: SAME } },
      ],
      ends: null,
    },
    further: {
      after: 1,
      title: () => say('lesson.cutFurtherTitle'),
      setup: (value) => parts('lesson.cutFurtherSetup', { plain: value('plain'), branch: value('branch') }),
      choices: [
        { id: 'branch', label: () => say('lesson.cutBranch'), when: { quantity: 'wire', to: -SAME } },
        { id: 'shortcut', label: () => say('lesson.cutShortcut'), when: { quantity: 'wire', from: SAME } },
        { id: 'same', label: () => say('lesson.same'), when: { quantity: 'wire', from: -SAME, to: SAME } },
      ],
      ends: null,
    },
    steps: [
      {
        hint: () => parts('lesson.cutDo'),
        by: { type: 'button', text: () => say('lesson.cutButton') },
        deed: { type: 'measure', quantities: ['plain', 'branch'], figure: 'lesions', view: 'branch' },
        highlight: [],
      },
      {
        hint: () => parts('lesson.cutWire'),
        by: { type: 'button', text: () => say('lesson.cutWireButton') },
        deed: { type: 'measure', quantities: ['shortcut'], figure: 'lesions', view: 'shortcut' },
        highlight: [],
      },
    ],
    quantities: {
      plain: { type: 'measured', measure: { type: 'damage', lane: PLAIN, kind: 'branch' } },
      branch: { type: 'measured', measure: { type: 'damage', lane: RESIDUAL, kind: 'branch' } },
      shortcut: { type: 'measured', measure: { type: 'damage', lane: RESIDUAL, kind: 'shortcut' } },
      more: { type: 'difference', of: 'plain', minus: 'branch' },
      wire: { type: 'difference', of: 'shortcut', minus: 'branch' },
    },
    bands: [
      { quantity: 'more', from: 5, usually: (here) => parts('lesson.cutUsually', wayOf(here)) },
      {
        quantity: 'wire',
        from: WIRE,
        usually: (here) => parts('lesson.cutWireUsually', { ...wayOf(here), points: WIRE }),
      },
    ],
    remember: (value) =>
      parts('lesson.cutRemember', { plain: value('plain'), branch: value('branch'), shortcut: value('shortcut') }),
    note: () => parts('lesson.cutNote'),
    next: () => say('lesson.cutNext'),
  };
}
