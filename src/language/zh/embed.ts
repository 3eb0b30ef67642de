import type { Catalog } from '../messages.ts';

export const embed: Catalog['embed'] = {
  after: '据 He 等 2015',
  whole: '打开完整的实验室',
  again: '重新训练',
  loading: '正在载入引擎和图片',
  hint: '按“训练”：网络就在本页中学习。',
};
