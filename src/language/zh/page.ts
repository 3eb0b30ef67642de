import type { Catalog } from '../say.ts';

export const page: Catalog['page'] = {
  title: '残差网络实验室',
  train: '训练',
  pause: '暂停',
  step: '单步',
  reset: '重置',
  speed: '速度',
  stepNumber: '第 {step, number} 步',
};
