import type { Catalog } from '../messages.ts';

export const terminal: Catalog['terminal'] = {
  nothing: '没有训练任何网络',
  heading: '{data} {size}x{size}，{steps, plural, other {#}} 步，{backend}（{adapter}）',
  about:
    '错误率为百分数。trb：{training, number} 张固定的训练图片，批统计量；test：{test, number} 张固定的测试图片，滑动平均统计量。总猜最常见的答案：{majority}。',
  'measure.trb': 'trb',
  'measure.testError': '测试错误率',
  mean: '均值',
  seedNumber: '种子 {seed}',
  trbAfter: '第几步后的 trb',
  lesions: '切除实验：错误率与增量',
  meanRange: '均值（最小至最大）',
  several: '同时切除多处：错误率',
  intact: '完整',
  probes: '探测',
  step: '步',
  ratio: '首层/最后一个卷积层，或平均余弦',
  kind: '{kind, select, branch {残差分支} shortcut {快捷连接} swap {交换} reset {重置} other {{kind}}}',
  statistics: '{statistics, select, batch {批统计量} recalibrated {重新统计} running {滑动平均} other {{statistics}}}',
  probe:
    '{probe, select, gradients {梯度} correlation {相关性} branches {残差分支} responses {响应} shattering {梯度破碎} paths {路径} landscape {损失曲面} features {特征图} other {{probe}}}',
  diverged: '{net} 在种子 {seed} 的第 {step, number} 步发散。',
};
