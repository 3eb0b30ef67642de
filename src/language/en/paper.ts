/** The paper's figures and tables beside what this page shows of them. */
export const paper = {
  title: 'The paper, beside this page',
  about:
    'He, Zhang, Ren and Sun 2015, figure by figure: what it says, its numbers as printed, and what you can see of it here.',
  live: 'Live.',
  shown: 'Shown.',
  missing: 'Not recorded yet.',
  absent: 'Not here.',
  run: 'Run it here',
  top1: 'Top-1 error in percent, ten crops, ImageNet’s validation images',
  top5: 'Top-5 error in percent',
  testError: 'Test error on CIFAR-10 in percent (table 6)',
  billions: 'Multiply-adds in billions, as printed',

  figure1: 'Figure 1: deeper is worse',
  figure1Says:
    'On CIFAR-10, a plain net of 56 layers has a higher training error than one of 20, and a higher test error. As the training error is higher, it is not overfitting (section 1).',
  figure1Here:
    'The order of training errors is the same within a few hundred steps, with plain-8 in the place of plain-20. The gap is larger here, because these nets have only begun to learn.',
  figure2: 'Figure 2: the residual block',
  figure2Says:
    'Two layers learn F(x), and the shortcut adds x: y = F(x) + x. If the identity is best, weights need only be driven toward zero (section 3.2).',
  figure2Here: 'Hover over a block, watch a step in slow motion, or cut its shortcut while it trains.',
  figure3: 'Figure 3: VGG-19, plain-34, ResNet-34',
  figure3Says: 'The 34-layer nets need 3.6 billion multiply-adds, 18% of VGG-19’s (section 3.3).',
  figure3Here:
    'Drawn to scale in the family below; trained at an eighth of the width. VGG-19 is normalised here, in the paper it is not.',
  figure4: 'Figure 4 and table 2: 18 and 34 layers',
  figure4Says:
    'On ImageNet, the plain net gets worse from 18 to 34 layers, in training, too. The residual net gets better (section 4.1).',
  figure4Here:
    'The same design, an eighth as wide, on emoji of 32×32 pixels. After a few hundred steps this compares how fast nets learn, and not how well: a residual net of 34 layers need not be ahead of one of 18.',
  figure5: 'Figure 5: the bottleneck',
  figure5Says:
    'Three layers, 1×1, 3×3 and 1×1, cost about what two of 3×3 do, with four times the channels (section 4.1).',
  figure5Here: 'Multiply-adds are about equal here, too. In the browser a bottleneck net takes about twice the time.',
  figure6: 'Figure 6 and table 6: CIFAR-10, to 1,202 layers',
  figure6Says:
    'Plain nets: the deeper, the higher the training error; plain-110 stays above 60%. Residual nets get better up to 110 layers; with 1,202 the training error is below 0.1%, and the worse test error is put down to overfitting (section 4.2).',
  figure6Here:
    'Each of the paper’s nets takes 64,000 steps. In a few hundred steps, plain nets fall behind with depth; that deeper residual nets become better shows only after thousands.',
  figure7: 'Figure 7: responses of the layers',
  figure7Says: 'In trained nets, residual layers respond less than plain ones, and less in deeper nets (section 4.2).',
  figure7Here:
    'Responses can be measured under “Look inside”. After 300 steps we do not find the paper’s difference: it is one between trained nets.',
  table1: 'Table 1: the nets for ImageNet',
  table1Says:
    'Five nets of 18 to 152 layers. With 152 layers it is still less than VGG-16’s 15.3 billion (section 4.1).',
  table1Here: 'The family below counts them layer by layer.',
  table3: 'Table 3: options A, B, C, and depth to 152',
  table3Says:
    'B is slightly better than A, C slightly better than B. The differences are small, so “projection shortcuts are not essential” (section 4.1). VGG-16 is the authors’ own test; GoogLeNet and PReLU-net are cited.',
  table3Here:
    'Options A, B and C train here, at 20 layers. They differ by less than seeds do, so that we claim no order.',
  table4: 'Table 4: single models',
  table4Says:
    'ResNet-152 has 4.49% on the validation images. All others are cited; VGG (ILSVRC’14) is on test images (section 4.1).',
  table4Here: 'With weights from a file, the real nets run in the family below.',
  table5: 'Table 5: ensembles',
  table5Says: 'Six ResNets of different depths have 3.57% on the test images, the first place of 2015 (section 4.1).',
  table5Here: 'The numbers only. ImageNet’s test labels are not public.',
  tables7: 'Tables 7 to 14: detection and localisation',
  tables7Says:
    'With ResNet-101 in the place of VGG-16, the same detector rises on COCO from 21.2 to 27.2 mAP, on VOC 2007 from 73.2 to 76.4, put down to the features alone (section 4.3); tables 9 to 14 refine this and add localisation.',
  tables7Here: 'A detector is beyond a page that trains within minutes, and none will be trained here.',
} as const;
