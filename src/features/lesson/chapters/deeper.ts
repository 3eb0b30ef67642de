import { PRESETS } from '../../../core/experiment/presets.ts';
import { parts, say } from '../../../language/say.ts';
import type { Chapter } from '../chapter.ts';

const [SHALLOW, DEEP, TWIN] = ['plain-8', 'plain-32', 'ResNet-32'];
const STEP = 150;

/** Chapter 1: degradation. He et al. 2015, section 1, figure 1. */
export const deeper: Chapter = {
  number: 1,
  name: () => say('lesson.deeperName'),
  title: () => say('lesson.deeperTitle'),
  setup: () => parts('lesson.deeperSetup', { step: STEP }),
  start: { experiment: PRESETS.degradation, step: 0 },
  sealed: [TWIN],
  question: {
    choices: [
      {
        id: 'shallow',
        label: () => say('lesson.deeper8'),
        lane: SHALLOW,
        when: { quantity: 'gap', from: 3 },
        ends: { [SHALLOW]: 45, [DEEP]: 60 },
      },
      {
        id: 'deep',
        label: () => say('lesson.deeper32'),
        lane: DEEP,
        when: { quantity: 'gap', to: -3 },
        ends: { [SHALLOW]: 60, [DEEP]: 45 },
      },
      {
        id: 'same',
        label: () => say('lesson.same'),
        when: { quantity: 'gap', from: -3, to: 3 },
        ends: { [SHALLOW]: 52, [DEEP]: 52 },
      },
    ],
    ends: { lanes: [SHALLOW, DEEP], step: STEP, at: 60 },
  },
  steps: [
    {
      hint: () => parts('lesson.trainNow'),
      button: null,
      deed: { type: 'train', to: STEP },
      until: { type: 'step', step: STEP },
      highlight: [],
    },
  ],
  quantities: {
    shallow: { type: 'error', lane: SHALLOW, step: STEP },
    deep: { type: 'error', lane: DEEP, step: STEP },
    twin: { type: 'error', lane: TWIN, step: STEP },
    gap: { type: 'difference', of: 'deep', minus: 'shallow' },
    won: { type: 'difference', of: 'deep', minus: 'twin' },
  },
  bands: [
    { quantity: 'gap', from: 12 },
    { quantity: 'won', from: 9 },
  ],
  remember: () => parts('lesson.deeperRemember'),
  note: () => parts('lesson.deeperNote'),
  next: () => say('lesson.deeperNext'),
};
