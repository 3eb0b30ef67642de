import { PAPER_BILLIONS } from '../../../core/net/paper.ts';
import { parts, say } from '../../../language/say.ts';
import type { Chapter } from '../chapter.ts';
import type { Pace } from './pace.ts';

/** How far depth goes, by the paper's own numbers: He et al. 2015, figure 3, tables 1, 3 and 6, section 4.2. */
export function far(_: Pace, number: number): Chapter {
  return {
    number,
    name: () => say('lesson.farName'),
    title: () => say('lesson.farTitle'),
    setup: () => parts('lesson.farSetup'),
    start: null,
    sealed: [],
    question: {
      choices: [
        { id: 'more', label: () => say('lesson.farMore'), when: { quantity: 'share', from: 1.1 } },
        { id: 'fewer', label: () => say('lesson.farFewer'), when: { quantity: 'share', to: 0.9 } },
        { id: 'same', label: () => say('lesson.same'), when: { quantity: 'share', from: 0.9, to: 1.1 } },
      ],
      ends: null,
    },
    further: null,
    steps: [
      {
        hint: () => parts('lesson.farDo'),
        by: { type: 'button', text: () => say('lesson.farButton') },
        deed: { type: 'open', section: 'family' },
        highlight: [],
      },
    ],
    quantities: {
      vgg: { type: 'paper', value: PAPER_BILLIONS['VGG-19'] },
      resnet: { type: 'paper', value: PAPER_BILLIONS['ResNet-152'] },
      share: { type: 'ratio', of: 'resnet', over: 'vgg' },
    },
    bands: [],
    remember: (value) => parts('lesson.farRemember', { resnet: value('resnet'), vgg: value('vgg') }),
    note: () => parts('lesson.farNote'),
    besideTable6: true,
    next: () => say('lesson.farNext'),
  };
}
