export const story = {
  notStarted: '按“训练”开始。所有网络学习相同的图片，顺序也相同。',
  allHidden: '网络被遮住了。',
  alone: '只有一个网络，没有可以比较的对象。',
  allDiverged: '所有网络都已停止训练：损失不再是有限的数值。',
  shownDiverged: '显示的网络都已发散：损失不再是有限的数值。',
  noMeans: '{nets} 已发散，没有平均错误率可以比较。',
  divergedWith: '{name}（{of, number} 个种子中的 {seeds, number} 个）',
  notComparableYet:
    '<net>{name}</net> {known, select, yes {为 <now>{error, number, ::.0}%</now>} other {还没有错误率}}；{why, select, diverged {{diverged} 已发散} behind {{behind} 还在追赶} hidden {其余的网络没有显示} other {{diverged} 已发散，{behind} 还在追赶}}。',
  deeperIsWorse:
    '较深的普通网络{when, select, ended {最终<net>差 {gap} 个百分点</net>。} other {<net>落后 {gap} 个百分点</net>，而且比的正是训练图片。}}',
  deepestIsWorse:
    '最深的普通网络 {deep} {when, select, ended {最终比最浅的 {shallow} <net>差 {gap} 个百分点</net>。} other {比最浅的 {shallow} <net>落后 {gap} 个百分点</net>，而且比的正是训练图片。}}',
  twinWinsBack:
    '加上快捷连接，同样 {depth} 层的网络<net>追回了{share, select, part { {gap} 个百分点中的 {won} 个} other {全部 {gap} 个百分点}}</net>。',
  twinNoBetter:
    '它的对照网络 <net>{name}</net> 有快捷连接，却并不更好（{error, number, ::.0}%）：{cause, select, rate {可能是学习率 {rate} 太大} other {可能另有原因，或者现在下结论还太早}}。',
  twinLittleBetter:
    '它的对照网络 <net>{name}</net> 有快捷连接，好 {better, number, ::.0} 个百分点（{error, number, ::.0}%），差别还太小，不能确定。',
  twinBetter: '加上快捷连接，同样 {depth} 层的网络<net>好 {gap} 个百分点</net>。其他一切相同。',
  twinWorse: '加上快捷连接，同样 {depth} 层的网络<net>差 {gap} 个百分点</net>。其他一切相同。',
  tooEarly: '第 {step, number} 步：现在还看不出差别。',
  noGap:
    '训练 {step, number} 步之后，错误率从 <first>{low, number, ::.0}%</first>（{best}）到 <second>{high, number, ::.0}%</second>（{worst}）；最近 {past} 步里，没有网络始终领先 {gap} 个百分点。',
  range:
    '训练 {step, number} 步之后，错误率从 <first>{low, number, ::.0}%</first>（{best}）到 <second>{high, number, ::.0}%</second>（{worst}）。',
  surgery:
    '{when, select, same {} other {第 {step, number} 步，}}<net>{name}</net> {deed, select, got {接通了快捷连接} back {重新接通了快捷连接} other {的快捷连接被切断}}：{earlier, select, known {当时 {before, number, ::.0}%，现在 <now>{error, number, ::.0}%</now>} other {现在 <now>{error, number, ::.0}%</now>}}。',
  changed:
    '从第 {step, number} 步起，<net>{name}</net> {has, select, all {的 {count} 条快捷连接全部接通} none {的 {count} 条快捷连接全部切断} other {的 {count} 条快捷连接中有 {open} 条接通}}{strength, select, one {} other {，强度不全为 1}}：{earlier, select, known {当时 {before, number, ::.0}%，现在 <now>{error, number, ::.0}%</now>} other {现在 <now>{error, number, ::.0}%</now>}}。',
  fromNextStep:
    '从下一步起，<net>{name}</net> {has, select, all {的 {count} 条快捷连接全部接通} none {的 {count} 条快捷连接全部切断} other {的 {count} 条快捷连接中有 {open} 条接通}}{strength, select, one {} other {，强度不全为 1}}{earlier, select, known {：目前 <now>{error, number, ::.0}%</now>} other {}}。',
  folded:
    '第 {step, number} 步后，<net>{name}</net> 由“{of}”合并而成：几个分支变成一个普通的层，回答相同。{earlier, select, known {当时 {before, number, ::.0}%，现在 <now>{error, number, ::.0}%</now>} other {现在 <now>{error, number, ::.0}%</now>}}。',
  moreSurgery: '另有 {count} 个网络的快捷连接被改动。',
  errors: '训练 {step, number} 步之后的错误率：{nets}。',
  netError: '{name} {error, number, ::.0}%',
  netErrorRange: '{name} {error, number, ::.0}%（{low, number, ::.0} 到 {high, number, ::.0}）',
  labelWithShortcuts:
    '{name}，{has, select, all {现有全部 {count} 条快捷连接} none {现已没有快捷连接} other {现有 {count} 条快捷连接中的 {open} 条}}{strength, select, one {} other {，强度不全为 1}}',
  diverged: '{nets} 已发散，不参与比较{count, plural, other {}}。',
  weightsKept: '权重保留不变。数值是最近 {window} 批的平均，改动要过 {window} 步才能完全显现。',
  planned:
    '已计划：第 {step, number} 步{deed, select, got {接通 {name} 的快捷连接} back {重新接通 {name} 的快捷连接} lost {切断 {name} 的快捷连接} other {改动 {name} 的 {count} 条快捷连接}}。',
  seeds:
    '{seeds, plural, =1 {只有一个随机种子} other {# 个随机种子的平均}}，{when, select, running {仍处于训练初期，结果还可能变化} early {仍处于训练初期} other {已训练 {step, number} 步}}。',
  paperGap: '论文中完整训练后，plain-56 比 plain-20 差几个百分点，plain-110 几乎学不动（错误率高于 60%）。',
  guessing:
    '还没有曲线{learned, select, nothing {，因为什么都还没学} other {}}。总猜“{answer}”的错误率是 {error, number, ::.0}%。',

  // Events in the curves, also announced
  mark: '{lane}：快捷连接 {block} {what, select, cut {切断} mend {接通} add {添加} remove {移除} other {强度设为 {gain}}}',
  markMany: '{lane}：{blocks} 条快捷连接{what, select, cut {切断} mend {接通} add {添加} remove {移除} other {改动}}',
  markAll: '{lane}：快捷连接全部{what, select, cut {切断} other {接通}}',
  markDrop: '学习率 ÷ {factor}',
  markBranch: '派生出 {lane}',
  markFold: '派生出 {lane}，分支已合并',
  markWarm: '预热结束',
  markWait: '在第 {step, number} 步暂停',
  baseline: '总猜“{answer}”',
  curvesHint: '网络学习时，曲线会在这里逐步画出。',

  // Announced to screen readers
  started: '训练开始。',
  goesOn: '从第 {step, number} 步继续训练。',
  paused: '在第 {step, number} 步暂停。',
  ended: '训练在第 {step, number} 步结束。',
  errorsNow: '训练错误率：{nets}。',
  errorsBetween: '训练错误率从 {low, number, ::.0}%（{best}）到 {high, number, ::.0}%（{worst}）。',
  happened: '第 {step, number} 步，{what}。',
  netDiverged: '{name} 在第 {step, number} 步发散。',
  openedNets: '第 {step, number} 步：{nets}。',
  openedMany: '第 {step, number} 步：{count, number} 个网络。',

  // A race that was reset or replaced
  replaced: '{race, select, same {对比训练已重置} other {对比训练已被替换}}',
  dismiss: '关闭',

  // Devices, and those that were lost
  threads: '{count, number} 个线程',
  threadsOf: '{count, number} 个线程中的 {used, number} 个',
  device: '{backend}：{adapter}',
  deviceWith: '{backend}：{adapter}，{simd, select, relaxed {宽松 SIMD} other {普通 SIMD}}',
  simdNote:
    '{simd, select, relaxed {宽松 SIMD 把一次乘法和一次加法合并，只舍入一次。不支持它的浏览器算出的曲线，末几位会不同。} other {此浏览器不支持宽松 SIMD（它把一次乘法和一次加法合并，只舍入一次）：曲线的末几位与支持它的浏览器不同。}}',
  computedWith: '{backend}（{simd, select, relaxed {宽松 SIMD} other {普通 SIMD}}）',
  resumedElsewhere:
    '这次对比训练到第 {step, number} 步为止在 {before} 上计算，现在在 {now} 上继续：末几位可能与不中断的训练不同。',
  comparedAcross: '分别在 {devices} 上计算：即使其他一切相同，末几位也可能不同。',
  deviceLost: '设备已丢失',
  workerWounded: '训练线程出错',
  workerEnded: '训练线程已结束',
  deviceTaken:
    '{reason, select, none {浏览器收回了 {lost}。} other {{lost} 报告：“{message}”。}}从第 {step, number} 步起，在 {device} 上继续。',
  deviceTakenForGood:
    '{reason, select, none {浏览器收回了 {lost}。} other {{lost} 报告：“{message}”。}}不再使用 {lost}：{why}。从第 {step, number} 步起，在 {device} 上继续。',
  workerLost:
    '{reason, select, none {浏览器没有说明原因。} other {报告：“{message}”。}}{training, select, yes {训练} other {对比训练}}在新线程中从第 {step, number} 步继续，{lost, plural, =0 {没有丢失} other {丢失了 # 步}}。',
} as const;
