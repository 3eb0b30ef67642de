import type { Catalog } from '../say.ts';

export const terminal: Catalog['terminal'] = {
  nothing: '没有训练任何网络',
  heading: '{data} {size}x{size}，{steps, plural, other {#}} 步，{backend}（{adapter}）',
  about:
    '错误率为百分数。trb：1,000 张固定的训练图片，批统计量；test：500 张固定的测试图片，滑动平均统计量。总猜最常见的答案：{majority}。',
  trb: 'trb',
  testError: '测试错误率',
  mean: '均值',
  seedNumber: '种子 {seed}',
  trbAfter: '第几步后的 trb',
  diverged: '{net} 在种子 {seed} 的第 {step, number} 步发散。',
};
