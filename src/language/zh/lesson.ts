import type { Catalog } from '../say.ts';

export const lesson: Catalog['lesson'] = {
  same: '一样',
  trainNow: '好，现在按<b>“训练”</b>或空格键。',
  deeperName: '更深，反而更差',
  deeperTitle: '网络越深，学得越好吗？',
  deeperSetup:
    '两个网络用同样的层搭成，一个 8 层，一个 32 层，看同样的图片，顺序也一样。训练 {step, number} 步之后，哪一个在<b>训练图片</b>上错得少？',
  deeper8: '8 层',
  deeper32: '32 层',
  deeperRemember: '层数增加后，<b>训练错误率</b>反而升高，所以这不是过拟合。何恺明等人把这种现象称为<b>退化</b>。',
  deeperNote: '何恺明等，2015，第 1 节。论文中完整训练之后，差距只有几个百分点。',
  deeperNext: '下一章：本该如此吗？',
};
