import { parts, say } from '../../../language/say.ts';
import type { Chapter } from '../chapter.ts';
import { MEASURING, type Pace, raceOf } from './pace.ts';

const [PLAIN, RESIDUAL] = ['plain-56', 'ResNet-56'];

/** Gradients are called about equal within this factor. */
const ABOUT = 2;
/** Toward the input, gradients explode from this factor on, as the figure of gradients says. */
const EXPLODES = 10;

/** The gradient before and after the first steps: He et al. 2015, section 4.1; Yang et al. 2019; Balduzzi et al. 2017. */
export function suspect(pace: Pace, number: number): Chapter {
  const end = 20;
  return {
    number,
    name: () => say('lesson.suspectName'),
    title: () => say('lesson.suspectTitle'),
    setup: () => parts('lesson.suspectSetup'),
    start: {
      experiment: raceOf(
        pace,
        [
          ['plain', 56],
          ['residual', 56],
        ],
        end,
      ),
      step: 0,
      takes: [],
    },
    sealed: [],
    question: {
      choices: [
        { id: 'smaller', label: () => say('lesson.suspectSmaller'), when: { quantity: 'before', to: 1 / ABOUT } },
        {
          id: 'same',
          label: () => say('lesson.suspectEqual'),
          when: { quantity: 'before', from: 1 / ABOUT, to: ABOUT },
        },
        { id: 'larger', label: () => say('lesson.suspectLarger'), when: { quantity: 'before', from: ABOUT } },
      ],
      ends: null,
    },
    further: null,
    steps: [
      {
        hint: () => parts('lesson.suspectDo'),
        by: { type: 'button', text: () => say('lesson.measure') },
        deed: { type: 'measure', quantities: ['before', 'twin', 'weights'], figure: 'gradients', view: 'raw' },
        highlight: [],
      },
      {
        hint: (value) => parts('lesson.suspectTrain', { times: Math.round(value('before')), end }),
        by: { type: 'train' },
        deed: { type: 'train', to: end },
        highlight: [],
      },
      {
        ...MEASURING,
        deed: { type: 'measure', quantities: ['after', 'weightsAfter'], figure: 'gradients', view: 'raw' },
      },
    ],
    quantities: {
      before: { type: 'measured', measure: { type: 'gradient-ratio', lane: PLAIN } },
      twin: { type: 'measured', measure: { type: 'gradient-ratio', lane: RESIDUAL } },
      weights: { type: 'measured', measure: { type: 'weight', lane: PLAIN, block: 1 } },
      after: { type: 'measured', measure: { type: 'gradient-ratio', lane: PLAIN } },
      weightsAfter: { type: 'measured', measure: { type: 'weight', lane: PLAIN, block: 1 } },
      longer: { type: 'ratio', of: 'weightsAfter', over: 'weights' },
    },
    bands: [
      { quantity: 'before', from: 50, usually: (here) => parts('lesson.suspectUsually', { here }) },
      { quantity: 'after', to: 5, usually: (here) => parts('lesson.suspectAfterUsually', { here }) },
      { quantity: 'longer', from: 5, usually: (here) => parts('lesson.suspectLongerUsually', { here }) },
    ],
    remember: (value) => {
      const numbers = { times: value('before'), longer: value('longer'), after: value('after') };
      return parts(numbers.times >= EXPLODES ? 'lesson.suspectRemember' : 'lesson.suspectRememberUsually', numbers);
    },
    note: () => parts('lesson.suspectNote'),
    next: () => say('lesson.suspectNext'),
  };
}
