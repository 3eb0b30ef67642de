import type { Catalog } from '../messages.ts';

export const cures: Catalog['cures'] = {
  title: '两个基准之间的网络',
  net: '网络',
  idea: '一句话说明',
  source: '出处',
  lower: '← 越低越好',
  tick: '{error, number}%',
  dots: '{name}：{seeds, plural, =0 {还没有错误率} =1 {{list}，一个随机种子} other {{list}；# 个随机种子，平均 {mean}}}',
  dotsDiverged:
    '{name}：{seeds, plural, =0 {} =1 {{list}，一个随机种子；} other {{list}；# 个随机种子，平均 {mean}；}}{diverged, plural, =1 {一个随机种子在第 {step, number} 步发散} other {# 个随机种子发散，最早在第 {step, number} 步}}',
  dotsRecorded: '{live}。已记录：{recorded}',
  legend:
    '{seeds, plural, =0 {每个随机种子一个点。} =1 {每个网络一个点：只有一个随机种子。} other {每个随机种子一个点，共 # 个；线表示范围。}}圆点有过快捷连接，方点从来没有。两条色带是论文中的两个网络。错误率：最后 30 步在训练图片上的平均值。',
  repeat: '用 {seeds, number} 个随机种子重复',
  showCurves: '显示曲线',
  showDots: '显示点图',
  showRecorded: '显示记录的终点',
  hideRecorded: '隐藏记录的终点',
  recordedAbout:
    '空心标记是记录：同样的网络，学习率两次下降，训练 {steps, number} 步，每个网络 {equal, select, yes {} other {{fewest, number} 到 }}{most, plural, other {# 个随机种子}}。错误率同样是最后 30 步的平均。',
  recordedOther: '这份记录的图片、网络或训练设置与当前训练不同，因此不作比较。',
  recordedSome: '记录：{seeds, number} 个种子中 {diverged, number} 个发散',
  recordedResult:
    '{verdict, select, beyond {记录：{error}%，超过残差网络} reaches {记录：{error}%，追平残差网络} close {记录：{error}%，接近残差网络} helps {记录：{error}%，有帮助} diverged {记录：发散} none {记录：{error}%，没有效果} other {记录：{error}%}}',
  alone: '让 {name} 单独与两个基准比较',
  weak: '每条快捷连接只传递输入的 {gain, number, ::percent}。',
  sentences: '{first}{second}',
  sources: '{first}；{second}',
  usual: '{family, select, plain {一层接一层。} other {每两层有一条快捷连接。}}',
  wall: '{wall, select, plain {普通网络（基准）} other {残差网络（基准）}}',
  verdict:
    '{verdict, select, beyond {超过残差网络} reaches {追平残差网络} close {接近残差网络} helps {有帮助} diverged {发散} other {没有效果}}',
  changed: '快捷连接改动过',
  waiting: '请按<b>“训练”</b>：结束时各行按错误率排序。',
  underway: '第 {step, number} 步，共 {until, number} 步：结束时按错误率排序。',
  fewSeeds:
    '已按错误率排序。<b>{had, plural, =1 {一个随机种子} other {# 个随机种子}}说明不了什么：</b>先用 {seeds, number} 个重复，再下结论。',
  sorted: '已按错误率排序。',
  found: '<l>{name}</l> 没有任何快捷连接，却学得与 <r>{residual}</r> <b>一样好</b>。',
  notFound: '这里深度和宽度相同、又没有快捷连接的网络，都不如 <r>{residual}</r> 学得好。',
  overlap: '在这里，残差网络并不<b>明显好于</b>普通网络，没有什么可补救的。',
  caveat:
    '这只是同一种大小的小网络训练 {steps, number} 步的结果：在这里有效，在 1,000 层时未必有效；在这里失败，完整训练之后未必失败。',
  shared: '这些办法似乎有一个共同点：训练开始时，每一层几乎不扭曲通过它的信号。这是与这些结果相符的假说，不是证明。',
};
