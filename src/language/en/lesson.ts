export const lesson = {
  same: 'The same',
  trainNow: 'Good. Now press <b>Train</b>, or Space.',
  deeperName: 'Deeper is worse',
  deeperTitle: 'Does a deeper net learn better?',
  deeperSetup:
    'Two nets are stacked from the same kind of layer: one has 8, the other 32. Both learn the same pictures in the same order. After {step, number} steps, which one makes fewer mistakes <b>on the pictures it learns from</b>?',
  deeper8: '8 layers',
  deeper32: '32 layers',
  deeperRemember:
    'More layers made it worse <b>even on the pictures it learns from</b>. So this is not overfitting. He and colleagues called it <b>degradation</b>.',
  deeperNote: 'He et al. 2015, section 1. In the paper, after full training, the gap is a few points.',
  deeperNext: 'Next: need it be so?',
} as const;
