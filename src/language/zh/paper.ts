import type { Catalog } from '../messages.ts';

export const paper: Catalog['paper'] = {
  title: '论文与本页对照',
  about: 'He、Zhang、Ren、Sun（2015），逐图逐表：论文怎么说、原文的数字，以及在这里能看到什么。',
  live: '可现场训练。',
  recorded: '已有记录。',
  liveRecorded: '可现场训练，也有记录。',
  shown: '仅展示。',
  missing: '尚无记录。',
  absent: '这里没有。',
  run: '在这里运行',
  runNets: '{nets}：共 {steps, number} 步，批量为 {batch}。',
  runUncounted: '下面的乘加次数和用时不含 {nets}：在记录中，最初几步之内损失就不再是有限的数，这样的网络不再训练。',
  runReplaces: '它会取代当前的训练；其中已训练的部分保存在训练记录中。',
  runAll: '在这里训练到底',
  runWhole: '{nets, number} 个网络，{steps, number} 步',
  top1: 'top-1 错误率（%），十裁剪，ImageNet 验证图片',
  top1Single: 'top-1 错误率（%），单个模型',
  top5: 'top-5 错误率（%）',
  testError: 'CIFAR-10 测试错误率（%）',
  billions: '乘加次数（单位：10 亿），按原文',

  figure1: '图 1：越深越差',
  figure1Says:
    '在 CIFAR-10 上，56 层普通网络的训练错误率高于 20 层的，测试错误率也更高。既然训练错误率更高，就不是过拟合（第 1 节）。',
  figure1Here:
    '几百步之内训练错误率的排名就相同，这里用 plain-8 代替 plain-20。这里的差距更大，而且一直存在：见 4,000 步的记录。',
  figure2: '图 2：残差块',
  figure2Says: '两层学习 F(x)，快捷连接加上 x：y = F(x) + x。若恒等映射最优，只需把权重推向零（第 3.1 与 3.2 节）。',
  figure2Here: '可以把鼠标移到块上（触摸屏上点一下）、用慢动作看一步，或在训练时切断快捷连接。',
  figure3: '图 3：VGG-19、plain-34、ResNet-34',
  figure3Says: '34 层网络需要 36 亿次乘加，是 VGG-19 的 18%（第 3.3 节）。',
  figure3Here: '下面的网络家族按比例画出它们；训练时宽度为八分之一。这里的 VGG-19 带归一化，论文中的没有。',
  figure4: '图 4：训练中的 18 层与 34 层',
  figure4Says: '在 ImageNet 上，34 层普通网络的训练错误率始终高于 18 层的；残差网络中则是 34 层的更低（第 4.1 节）。',
  figure4Here:
    '同样的设计，八分之一的宽度，用 16×16 像素的表情图。几百步之后比较的是学得多快，而不是学得多好：34 层残差网络不一定领先于 18 层的。',
  figure5: '图 5：瓶颈块',
  figure5Says: '1×1、3×3、1×1 三层的开销与两层 3×3 相近，通道数却是四倍（第 4.1 节）。',
  figure5Here: '这里的乘加次数也大致相等。在浏览器中，瓶颈网络约需两倍时间。',
  figure6: '图 6：CIFAR-10，从 20 层到 110 层',
  figure6Says:
    '普通网络越深，训练错误率越高；plain-110 一直高于 60%，图中没有画出。残差网络到 110 层都在变好（第 4.2 节）。',
  figure6Here:
    '论文的每个网络要训练 64,000 步。几百步之内，普通网络越深，落后越多；而残差网络越深越好，要几千步之后才看得出来。',
  figure7: '图 7：各层的响应',
  figure7Says: '在训练好的网络里，残差层的响应小于普通层，网络越深越小（第 4.2 节）。',
  figure7Here: '响应可以在“看内部”中测量。300 步之后我们没有看到论文中的差别：那是训练好的网络之间的差别。',
  table1: '表 1：用于 ImageNet 的网络',
  table1Says: '从 18 层到 152 层的五个网络。152 层的计算量仍少于 VGG-16 的 153 亿次乘加（第 4.1 节）。',
  table1Here: '下面的网络家族逐层计数。',
  table2: '表 2：18 层与 34 层的最终结果',
  table2Says:
    '从 18 层到 34 层，普通网络差了 0.6 个百分点，残差网络好了 2.8 个。18 层时两者相当，残差网络收敛更快（第 4.1 节）。',
  table2Here:
    '同样的四个网络可以缩小后在这里训练，与图 4 相同，图 4 的记录里有它们训练 6,000 步的结果。论文中最多训练 600,000 步。',
  table3: '表 3：方案 A、B、C，以及直到 152 层的深度',
  table3Says:
    'B 略好于 A，C 略好于 B。差别很小，所以投影快捷连接并非必需（第 4.1 节）。VGG-16 由作者自己测试；GoogLeNet（表中只有 top-5）与 PReLU-net 为引用。',
  table3Here: '方案 A、B、C 可以在这里以 20 层训练。它们的差别小于种子之间的差别，所以我们不排名次。',
  table4: '表 4：单个模型',
  table4Says:
    'ResNet-152 在验证图片上的 top-5 错误率为 4.49%。ResNet 以外的网络都是引用；VGG（ILSVRC’14）用的是测试图片（第 4.1 节）。',
  table4Here: '有了权重文件，真正的网络可以在下面的“真正的网络”中运行。',
  table5: '表 5：集成',
  table5Says: '六个不同深度的 ResNet 在测试图片上的 top-5 错误率为 3.57%，获 2015 年第一名（第 4.1 节）。',
  table5Here: '只有数字。ImageNet 的测试标签没有公开。',
  table6: '表 6：CIFAR-10 的测试错误率',
  table6Says:
    '从 20 层到 110 层，测试错误率从 8.75% 降到 6.43%，这是五次中最好的一次（6.61 ± 0.16）。1,202 层时为 7.93%，作者归因于过拟合（第 4.2 节）。',
  table6Here: '论文的训练设置可以在这里使用；用图形处理器要几小时，没有则要几天。',
  thousand: '第 4.2 节：超过一千层',
  thousandSays: '作者在 1,202 层时没有遇到优化上的困难：训练错误率低于 0.1%。110 层的普通网络一直高于 60%。',
  thousandHere: 'ResNet-1004，四个通道宽，用 8×8 像素的表情图；旁边是改用预激活（出自后续论文）的同一网络。',
  tables7: '表 7 至表 14：检测与定位',
  tables7Says: '这些网络用作更大系统的一部分，参加了 2015 年的比赛（第 4.3 节，附录 A、B、C）。',
  table7Says:
    '7：检测器 Faster R-CNN，用 ResNet-101 代替 VGG-16：VOC 2007 从 73.2 升到 76.4 mAP，VOC 2012 从 70.4 升到 73.8。',
  table8Says: '8：同样的替换，在 COCO 上从 21.2 升到 27.2 mAP，相对提高 28%；作者把它完全归因于学到的特征。',
  table9Says: '9：在 COCO 上，框的细化、上下文、多尺度和集成各带来多少。',
  table10Says: '10：改进后的检测器在 VOC 2007 上逐类的结果。',
  table11Says: '11：改进后的检测器在 VOC 2012 上逐类的结果。',
  table12Says: '12：ImageNet 检测：测试图片上，单个模型 58.8 mAP，集成 62.1。',
  table13Says: '13：ImageNet 定位：更深的网络、候选区域与第二阶段各带来多少。',
  table14Says: '14：定位与其他方法比较：测试图片上 top-5 错误率 9.0%，VGG 为 25.3%。',
  tables7Here: '训练一个检测器远不止几分钟，本页不作这样的训练。',

  lasts: '差距依然存在：表情（按设计者）',
  lastsWhy:
    '我们与论文不同之处，可能是因为 5,581 张小图和 4,000 步都太少：这里的网络宽八个通道，论文为十六个，训练步数只有十六分之一。',
  cifar10: 'CIFAR-10，16×16 像素',
  cifar10Why:
    '我们与论文不同之处，可能是因为图片只有四分之一大，网络只有一半宽，而 20,000 步、每步 64 张图只是论文的六分之一。',
  recordFigure4: 'ImageNet 的设计，用 CIFAR-10',
  recordFigure4Why:
    '我们与论文不同之处，可能是因为网络只有八分之一宽，用 50,000 张小图而不是 128 万张大图，训练 6,000 步而不是至多 600,000 步。',
  recordFigure7: '训练好的网络的响应',
  thousandLayers: '一千层：8×8 像素的表情图',
  thousandLayersWhy: '我们与论文不同之处，可能是因为这些网络只有四个通道宽，而且 1,000 步太少。',
  cures: '还有什么办法，32 层',
  cures56: '还有什么办法，56 层',
  paperTable: '论文的训练设置',
  paperTableWhy:
    '我们与论文不同之处，可能是因为我们的图片曾存为 JPEG，一个种子只是一个样本，而且归一化一次看到全部 128 张图。',

  endName: '直到最后',
  endQuestion: '加深网络，最终值得吗？',
  endAbout: '一场对比训练，后面画有记录的曲线，它们长达几千步。',
  endSetup:
    '淡色曲线是记录：同样的图片和训练设置，训练到底。<l>你的训练展示它们如何开始。</l>哪个网络<b>最终</b>犯错最少？',
  endSetupElsewhere:
    '淡色曲线记录于另一批图片：同样的训练设置，训练到底。<l>你的训练展示这样的网络如何开始。</l>记录中哪个网络<b>最终</b>犯错最少？',
  endSetupApart: '淡色曲线是记录：同样的图片和训练设置，训练到底。记录中哪个网络<b>最终</b>犯错最少？',
  endSetupElsewhereApart: '淡色曲线记录于另一批图片：同样的训练设置，训练到底。记录中哪个网络<b>最终</b>犯错最少？',
  endNote:
    '在论文中，更深的普通网络最终<b>更差</b>，更深的残差网络最终<b>更好</b>（ImageNet 上到 152 层，CIFAR-10 上到 110 层；He 等，第 4.1 与 4.2 节）。',
  endBelow: '全部记录见下面的<i>论文</i>。',
  thousandQuestion: '上千层的网络学得动吗？',
  thousandSetup:
    '<l>淡色曲线是记录：同样的图片和训练设置，训练得更久。</l>你的训练展示它们如何开始。哪个网络<b>学得动</b>？',
  thousandSetupApart: '<l>淡色曲线是记录：同样的图片和训练设置，训练得更久。</l>记录中哪个网络<b>学得动</b>？',
  thousandNote:
    '论文中 1,202 层的训练错误率<b>低于 0.1%</b>，但测试结果不如 110 层：7.93% 对 6.43%（He 等，第 4.2 节，表 6）。预激活出自后续论文（He 等 2016）。',

  recordedFigure: '{figure}。{title}',
  recordedTitle: '记录：{title}，{steps, number} 步',
  baseline: '总是猜图片最多的类别',
  ends: '{steps, number} 步之后的错误率（%）：平均值，以及各种子中从最低到最高',
  trainEnd: '1,000 张训练图片',
  testEnd: '{images, number} 张测试图片',
  responseEnd: '各层响应的平均值',
  spread: '{mean}（{low}–{high}）',
  deepening:
    '{family, select, plain {普通网络} other {残差网络}}从 {from, number} 层到 {to, number} 层，训练错误率从 {before}% 变为 {after}%{tested, select, true {，测试错误率从 {testBefore}% 变为 {testAfter}%} other {}}（{seeds, plural, =1 {仅一个种子，其他种子可能不同} other {# 个种子}}）。{lowest, plural, =0 {} other {训练错误率在 # 层时最低。}}{is, select, alike {{testIs, select, better {训练错误率分辨不出差别；最深的测试错误率更低。} worse {训练错误率分辨不出差别；最深的测试错误率更高。} other {这份记录分辨不出差别。}}} worse {{family, select, plain {最深的比最浅的差，与论文一致。} other {最深的比最浅的差。这与论文不同：论文中更深的残差网络更好。}}} other {{family, select, plain {最深的比最浅的好。这与论文不同：论文中更深的普通网络更差。} other {最深的比最浅的好，与论文一致。}}}}{level, plural, =0 {} other {从 # 层起，这份记录分辨不出差别；论文中{family, select, plain {普通网络继续变差} other {残差网络直到 110 层继续变好}}。}}',
  deepTwins:
    '{depth, number} 层时，普通网络的训练错误率为 {plain}%，残差网络为 {residual}%（{seeds, plural, =1 {仅一个种子，其他种子可能不同} other {# 个种子}}）。{guesses, select, yes {普通网络并不好于总是猜图片最多的类别（{majority}%）。} other {}}{is, select, better {残差网络更好，与论文一致。} worse {残差网络更差。这与论文不同：论文中它更好。} other {这份记录分辨不出差别。论文中残差网络更好。}}',
  netDiverged:
    '{of, plural, =1 {{net} 发散：第 {step, number} 步的损失不再是有限的数（仅一个种子，其他种子可能不同）。} other {{net} 在 # 个种子中有 {seeds, number} 个发散：最早在第 {step, number} 步，损失不再是有限的数。}}{differs, select, true {这与论文不同：论文中直到 1,202 层的残差网络都学得动（第 4.2 节）。} other {}}',
  orderTwins:
    '{depth, number} 层时，残差网络的训练错误率为 {usual}%，使用预激活时为 {preActivation}%{tested, select, true {；测试错误率为 {testUsual}% 和 {testPreActivation}%} other {}}，总是猜图片最多的类别则为 {majority}%（{seeds, plural, =1 {仅一个种子，其他种子可能不同} other {# 个种子}}）。{reached, select, true {} other {这与第 4.2 节不同：其中残差网络的训练错误率降到 0.1% 以下。}}{is, select, better {预激活更好，与作者的后续论文一致：其中 1,001 层的网络不用预激活时，起初学得很慢（He 等 2016，第 4.2 节）。} worse {预激活更差。这与作者的后续论文不同：其中 1,001 层的网络不用预激活时，起初学得很慢（He 等 2016，第 4.2 节）。} other {这份记录分辨不出差别。在作者的后续论文中，1,001 层的网络不用预激活时，起初学得很慢（He 等 2016，第 4.2 节）。}}',
  besideTable6:
    '这里的记录（CIFAR-10，{size, number}×{size, number} 像素，{steps, number} 步，{equal, select, yes {} other {{fewest, number} 到 }}{most, plural, other {# 个种子}}）：从 {from, number} 层到 {to, number} 层，残差网络的测试错误率从 {residualBefore}% 变为 {residualAfter}%，普通网络从 {plainBefore}% 变为 {plainAfter}%。论文表 6 中，残差网络从 {paperFrom, number} 层的 {paperBefore}% 变为 {paperTo, number} 层的 {paperAfter}%（五次中最好的一次）。',
  besideOpen: '并排查看',
  responsesFamilies:
    '{depth, number} 层时，各层响应的平均值在普通网络中为 {before}，在残差网络中为 {after}（{seeds, plural, =1 {仅一个种子，其他种子可能不同} other {# 个种子}}）。{is, select, less {残差层的响应更小，与论文一致。} more {残差层的响应更大。这与论文不同：论文中更小。} other {这份记录分辨不出差别。论文中残差层的响应更小。}}',
  responsesDepths:
    '残差网络从 {from, number} 层到 {to, number} 层，它从 {before} 变为 {after}（{seeds, plural, =1 {仅一个种子，其他种子可能不同} other {# 个种子}}）。{is, select, less {更深的网络各层响应更小，与论文一致。} more {更深的网络各层响应更大。这与论文不同：论文中更小。} other {这份记录分辨不出差别。论文中更深的网络各层响应更小。}}',
  responsesSource: '归一化之后、ReLU 或相加之前的标准差：各种子的平均值，色带从最低到最高。',
  partial: '部分完成：按网络和种子计，{all, number} 个中有 {whole, number} 个训练到底，其余的没有列出。',
  ghost: '{how, select, fits {画在当前曲线后面} otherImages {画在当前曲线后面} other {打开一场对比训练并叠加它}}',
  ghostHide: '隐藏',
  ghostAbout:
    '{how, select, fits {淡淡地画在当前曲线后面，图片与训练设置相同} otherImages {淡淡地画在当前曲线后面，训练设置相同，但图片不同} opens {打开一场图片与训练设置都相同的对比训练，并淡淡地画在它后面} other {此浏览器中没有它的图片：打开一场训练设置相同、使用表情图的对比训练，并淡淡地画在它后面}}',
  ghostName:
    '记录：{title}，{steps, number} 步，{equal, select, yes {} other {{fewest, number} 到 }}{most, plural, other {# 个种子}}{every, plural, =1 {} other {，曲线按每 # 批的平均值保存}}',
  ghostOther:
    '在 {images} 上的记录，图片与当前训练不同：{title}，{steps, number} 步，{equal, select, yes {} other {{fewest, number} 到 }}{most, plural, other {# 个种子}}{every, plural, =1 {} other {，曲线按每 # 批的平均值保存}}',
  made: '如何制作',
  madeCommand: '命令',
  madeVerify: '核对命令',
  madeCommits: '提交',
  madeData: '图片',
  madeEmoji: '表情（按设计者）',
  madeImages:
    '{images}，{size, number}×{size, number}：{train, number} 张用于训练，{test, number} 张用于测试，SHA-256 {hash}…',
  madeSeeds: '种子',
  madeBackend: '计算后端',
  madeSimd: '{simd, select, relaxed {宽松 SIMD} other {普通 SIMD}}',
  madeMachine: '机器',
  madeTime: '时间',
  madeSeconds: '单核 {cpu}；各网络用时相加：{passed}',
};
