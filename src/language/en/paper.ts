/** The paper's figures and tables beside what this page shows of them, and the records of trained nets. */
export const paper = {
  title: 'The paper, beside this page',
  about:
    'He, Zhang, Ren and Sun 2015, figure by figure: what it says, its numbers as printed, and what you can see of it here.',
  live: 'Live.',
  recorded: 'Recorded.',
  liveRecorded: 'Live and recorded.',
  shown: 'Shown.',
  missing: 'Not recorded yet.',
  absent: 'Not here.',
  run: 'Run it here',
  runNets: '{nets}: {steps, number} steps with batches of {batch}.',
  runUncounted:
    'The costs and times below leave out {nets}: in the record, the loss is no longer a finite number within the first few steps, and such a net trains no further.',
  runReplaces: 'It replaces the open race; finished steps of that race are kept in Runs.',
  runAll: 'Run it to the end here',
  runWhole: '{nets, number} nets, {steps, number} steps',
  top1: 'Top-1 error in percent, ten crops, ImageNet’s validation images',
  top1Single: 'Top-1 error in percent, single models',
  top5: 'Top-5 error in percent',
  testError: 'Test error on CIFAR-10 in percent',
  billions: 'Multiply-adds in billions, as printed',

  figure1: 'Figure 1: deeper is worse',
  figure1Says:
    'On CIFAR-10, a plain net of 56 layers has a higher training error than one of 20, and a higher test error. As the training error is higher, it is not overfitting (section 1).',
  figure1Here:
    'The order of training errors is the same within a few hundred steps, with plain-8 in place of plain-20. The gap is larger here, and it lasts: see the record of 4,000 steps.',
  figure2: 'Figure 2: the residual block',
  figure2Says:
    'Two layers learn F(x), and the shortcut adds x: y = F(x) + x. If the identity is best, weights need only be driven toward zero (sections 3.1 and 3.2).',
  figure2Here: 'Hover over a block (or tap it), watch a step in slow motion, or cut its shortcut while it trains.',
  figure3: 'Figure 3: VGG-19, plain-34, ResNet-34',
  figure3Says: 'The 34-layer nets need 3.6 billion multiply-adds, 18% of VGG-19’s (section 3.3).',
  figure3Here:
    'Drawn to scale in the family below; trained at an eighth of the width. VGG-19 is normalised here, in the paper it is not.',
  figure4: 'Figure 4: 18 and 34 layers while they train',
  figure4Says:
    'On ImageNet, the plain net of 34 layers has a higher training error than that of 18 layers, throughout training. Among residual nets, the deeper one has the lower training error (section 4.1).',
  figure4Here:
    'The same design, an eighth as wide, on emoji of 16×16 pixels. After a few hundred steps this compares how fast nets learn, and not how well: a residual net of 34 layers need not be ahead of one of 18.',
  figure5: 'Figure 5: the bottleneck',
  figure5Says:
    'Three layers, 1×1, 3×3 and 1×1, cost about what two of 3×3 do, with four times the channels (section 4.1).',
  figure5Here: 'Multiply-adds are about equal here, too. In the browser a bottleneck net takes about twice the time.',
  figure6: 'Figure 6: CIFAR-10, from 20 to 110 layers',
  figure6Says:
    'Plain nets: the deeper, the higher the training error; plain-110 stays above 60% and is not drawn. Residual nets get better up to 110 layers (section 4.2).',
  figure6Here:
    'Each of the paper’s nets takes 64,000 steps. In a few hundred steps, plain nets fall behind with depth; the gain of deeper residual nets shows only after thousands.',
  figure7: 'Figure 7: responses of the layers',
  figure7Says: 'In trained nets, residual layers respond less than plain ones, and less in deeper nets (section 4.2).',
  figure7Here:
    'Responses can be measured under “Look inside”. After 300 steps we do not find the paper’s difference: it is one between trained nets.',
  table1: 'Table 1: the nets for ImageNet',
  table1Says:
    'Five nets of 18 to 152 layers. Even ResNet-152 needs fewer multiply-adds than VGG-16’s 15.3 billion (section 4.1).',
  table1Here: 'The family below counts them layer by layer.',
  table2: 'Table 2: 18 and 34 layers at the end',
  table2Says:
    'From 18 to 34 layers, the error rises by 0.6 points in the plain net and falls by 2.8 in the residual net. With 18 layers both are about equally good, and the residual net converges faster (section 4.1).',
  table2Here:
    'The same four nets train here at small scale, as for figure 4, whose record has them after 6,000 steps. The paper’s took up to 600,000.',
  table3: 'Table 3: options A, B, C, and depth to 152',
  table3Says:
    'B is slightly better than A, C slightly better than B. The differences are small, so “projection shortcuts are not essential” (section 4.1). The authors tested VGG-16 themselves; GoogLeNet (top-5 error only) and PReLU-net are cited.',
  table3Here: 'Options A, B and C train here, at 20 layers. They differ by less than seeds do, so we claim no order.',
  table4: 'Table 4: single models',
  table4Says:
    'ResNet-152 has a top-5 error of 4.49% on the validation images. All nets but the ResNets are cited; VGG (ILSVRC’14) is on test images (section 4.1).',
  table4Here: 'With weights from a file, the real nets run below, under “Real nets”.',
  table5: 'Table 5: ensembles',
  table5Says:
    'An ensemble of six ResNets of different depths has a top-5 error of 3.57% on the test images, which won first place in 2015 (section 4.1).',
  table5Here: 'The numbers only. ImageNet’s test labels are not public.',
  table6: 'Table 6: test errors on CIFAR-10',
  table6Says:
    'From 20 to 110 layers the test error falls from 8.75% to 6.43%, the best of five runs (6.61 ± 0.16). With 1,202 layers it is 7.93%: overfitting, the authors argue (section 4.2).',
  table6Here: 'The paper’s recipe can be run here; it takes hours on a graphics processor, and days without one.',
  thousand: 'Section 4.2: over a thousand layers',
  thousandSays:
    'With 1,202 layers the authors meet no difficulty in optimisation: the training error falls below 0.1%. A plain net of 110 layers stays above 60%.',
  thousandHere:
    'ResNet-1004, four channels wide, on emoji of 8×8 pixels, beside the same net with pre-activation, from the follow-up paper.',
  tables7: 'Tables 7 to 14: detection and localisation',
  tables7Says: 'The nets as a part of larger systems, put to use in the competitions of 2015 (sections 4.3, A, B, C).',
  table7Says:
    '7: the detector Faster R-CNN with ResNet-101 in place of VGG-16: on VOC 2007 from 73.2 to 76.4 mAP, on VOC 2012 from 70.4 to 73.8.',
  table8Says:
    '8: the same on COCO, from 21.2 to 27.2 mAP: a relative gain of 28%, which the authors credit to the learned features alone.',
  table9Says: '9: what box refinement, context, several scales and an ensemble add on COCO.',
  table10Says: '10: the improved detector on VOC 2007, class by class.',
  table11Says: '11: the improved detector on VOC 2012, class by class.',
  table12Says: '12: detection on ImageNet: 58.8 mAP on the test images with one model, 62.1 with an ensemble.',
  table13Says: '13: localisation on ImageNet: what the deeper net, region proposals and a second stage each add.',
  table14Says: '14: localisation compared with others: 9.0% top-5 error on the test images, where VGG has 25.3.',
  tables7Here: 'A detector is beyond a page that trains within minutes, and none will be trained here.',

  lasts: 'It lasts: emoji by designer',
  lastsWhy:
    'Where ours differs from the paper, that may be because 5,581 small drawings and 4,000 steps are few: the nets are eight channels wide, where the paper’s are sixteen, and train for a sixteenth of the steps.',
  cifar10: 'CIFAR-10, 16×16 pixels',
  cifar10Why:
    'Where ours differs from the paper, that may be because the images are a quarter as large, the nets half as wide, and 20,000 steps of 64 images are a sixth of the paper’s.',
  recordFigure4: 'ImageNet’s design, on CIFAR-10',
  recordFigure4Why:
    'Where ours differs from the paper, that may be because these nets are an eighth as wide, on 50,000 small images instead of 1.28 million large ones, for 6,000 steps instead of up to 600,000.',
  recordFigure7: 'Responses of trained nets',
  thousandLayers: 'A thousand layers: emoji of 8×8 pixels',
  thousandLayersWhy:
    'Where ours differs from the paper, that may be because these nets are four channels wide and 1,000 steps are few.',
  cures: 'What else cures it, 32 layers',
  cures56: 'What else cures it, 56 layers',
  paperTable: 'The paper’s recipe',
  paperTableWhy:
    'Where ours differs from the paper, that may be because our images had been saved as JPEG, one seed is one sample, and normalisation sees all 128 images at once.',

  endName: 'To the end',
  endQuestion: 'Does depth pay in the end?',
  endAbout: 'A race with recorded curves behind it, which go on for thousands of steps.',
  endSetup:
    'The faint curves are recorded: the same images and recipe, trained to the end. <l>Your race shows how they begin.</l> Which net <b>ends</b> with the fewest mistakes?',
  endSetupElsewhere:
    'The faint curves are recorded on other images: the same recipe, trained to the end. <l>Your race shows how such nets begin.</l> Which recorded net <b>ends</b> with the fewest mistakes?',
  endSetupApart:
    'The faint curves are recorded: the same images and recipe, trained to the end. Which recorded net <b>ends</b> with the fewest mistakes?',
  endSetupElsewhereApart:
    'The faint curves are recorded on other images: the same recipe, trained to the end. Which recorded net <b>ends</b> with the fewest mistakes?',
  endNote:
    'In the paper, a deeper plain net ends <b>worse</b> and a deeper residual net <b>better</b>, up to 152 layers on ImageNet and 110 on CIFAR-10 (He et al., sections 4.1 and 4.2).',
  endBelow: 'All recorded nets are below, under <i>The paper</i>.',
  thousandQuestion: 'Can a net with over a thousand layers learn?',
  thousandSetup:
    '<l>The faint curves are recorded: the same images and recipe, trained for longer.</l> Your race shows how they begin. Which net <b>learns</b>?',
  thousandSetupApart:
    '<l>The faint curves are recorded: the same images and recipe, trained for longer.</l> Which recorded net <b>learns</b>?',
  thousandNote:
    'In the paper, 1,202 layers reach a training error <b>below 0.1%</b>, but test worse than 110: 7.93% against 6.43% (He et al., section 4.2, table 6). Pre-activation is from the next paper (He et al. 2016).',

  recordedFigure: '{figure}. {title}',
  recordedTitle: 'Recorded: {title}, {steps, number} steps',
  baseline: 'always the largest class',
  ends: 'After {steps, number} steps, error in percent: mean over the seeds, and from the lowest to the highest',
  trainEnd: '1,000 training images',
  testEnd: '{images, number} test images',
  responseEnd: 'mean response of a layer',
  spread: '{mean} ({low}–{high})',
  deepening:
    '{family, select, plain {Plain nets} other {Residual nets}}, from {from, number} to {to, number} layers: the training error goes from {before}% to {after}%{tested, select, true {, the test error from {testBefore}% to {testAfter}%} other {}} ({seeds, plural, one {one seed, and others may differ} other {# seeds}}).{lowest, plural, =0 {} other { The lowest training error is at # layers.}} {is, select, alike {{testIs, select, better {The training errors show no clear difference; the deepest has the lower test error.} worse {The training errors show no clear difference; the deepest has the higher test error.} other {This record shows no clear difference.}}} worse {{family, select, plain {The deepest is worse than the shallowest, as in the paper.} other {The deepest is worse than the shallowest. Ours disagrees with the paper, where deeper residual nets are better.}}} other {{family, select, plain {The deepest is better than the shallowest. Ours disagrees with the paper, where deeper plain nets are worse.} other {The deepest is better than the shallowest, as in the paper.}}}}{level, plural, =0 {} other { From # layers on, this record shows no clear difference; in the paper {family, select, plain {plain nets go on getting worse} other {residual nets go on getting better, up to 110 layers}}.}}',
  deepTwins:
    'With {depth, number} layers, the training error is {plain}% in the plain net and {residual}% in the residual one ({seeds, plural, one {one seed, and others may differ} other {# seeds}}). {guesses, select, yes {The plain net is no better than always guessing the largest class ({majority}%). } other {}}{is, select, better {The residual net is better, as in the paper.} worse {The residual net is worse. Ours disagrees with the paper, where it is better.} other {This record shows no clear difference. In the paper the residual net is better.}}',
  netDiverged:
    '{of, plural, =1 {{net} diverges: at step {step, number} its loss is not a finite number (one seed, and others may differ).} other {{net} diverges with {seeds, number} of # seeds, the first of them at step {step, number}, where its loss is not a finite number.}}{differs, select, true { Ours disagrees with the paper, where residual nets of up to 1,202 layers learn (section 4.2).} other {}}',
  orderTwins:
    'With {depth, number} layers, the training error is {usual}% in the residual net and {preActivation}% with pre-activation{tested, select, true {; the test error is {testUsual}% and {testPreActivation}%} other {}}, and {majority}% for always guessing the largest class ({seeds, plural, one {one seed, and others may differ} other {# seeds}}). {reached, select, true {} other {Ours disagrees with section 4.2, where the training error of the residual net falls below 0.1%. }}{is, select, better {Pre-activation is better, as in the authors’ next paper, whose net of 1,001 layers learns very slowly at first without it (He et al. 2016, section 4.2).} worse {Pre-activation is worse. Ours disagrees with the authors’ next paper, whose net of 1,001 layers learns very slowly at first without it (He et al. 2016, section 4.2).} other {This record shows no clear difference. In the authors’ next paper, a net of 1,001 layers learns very slowly at first without pre-activation (He et al. 2016, section 4.2).}}',
  besideTable6:
    'Recorded here, {steps, number} steps on CIFAR-10 at {size, number}×{size, number} pixels ({equal, select, yes {} other {{fewest, number} to }}{most, plural, one {one seed} other {# seeds}}): from {from, number} to {to, number} layers, the test error goes from {residualBefore}% to {residualAfter}% in residual nets and from {plainBefore}% to {plainAfter}% in plain ones. In table 6 of the paper, it goes from {paperBefore}% with {paperFrom, number} layers to {paperAfter}% with {paperTo, number} (the best of five runs) in residual nets.',
  besideOpen: 'See them side by side',
  responsesFamilies:
    'With {depth, number} layers, the mean response of a layer is {before} in the plain net and {after} in the residual one ({seeds, plural, one {one seed, and others may differ} other {# seeds}}). {is, select, less {Residual layers respond less, as in the paper.} more {Residual layers respond more. Ours disagrees with the paper, where they respond less.} other {This record shows no clear difference. In the paper residual layers respond less.}}',
  responsesDepths:
    'In residual nets, from {from, number} to {to, number} layers, it goes from {before} to {after} ({seeds, plural, one {one seed, and others may differ} other {# seeds}}). {is, select, less {Layers of the deeper net respond less, as in the paper.} more {Layers of the deeper net respond more. Ours disagrees with the paper, where they respond less.} other {This record shows no clear difference. In the paper layers of deeper nets respond less.}}',
  responsesSource:
    'Standard deviation after normalisation, before ReLU or addition: mean over the seeds, with a band from the lowest to the highest.',
  partial:
    'Unfinished: {whole, number} of {all, number} trainings (each net with each seed) {whole, plural, one {is} other {are}} complete; the others are left out.',
  ghost: '{how, select, fits {Draw behind this race} otherImages {Draw behind this race} other {Open a race with it}}',
  ghostHide: 'hide',
  ghostAbout:
    '{how, select, fits {drawn faint behind the live race, which has the same images and recipe} otherImages {drawn faint behind the live race, which has the same recipe, but other images} opens {opens a race with its images and recipe, and is drawn faint behind it} other {its images are not in this browser: opens a race of its recipe on emoji, and is drawn faint behind it}}',
  ghostName:
    'recorded: {title}, {steps, number} steps, {equal, select, yes {} other {{fewest, number} to }}{most, plural, one {one seed} other {# seeds}}{every, plural, =1 {} other {, kept as means of # batches}}',
  ghostOther:
    'recorded on {images}, not on this race’s images: {title}, {steps, number} steps, {equal, select, yes {} other {{fewest, number} to }}{most, plural, one {one seed} other {# seeds}}{every, plural, =1 {} other {, kept as means of # batches}}',
  made: 'How it was made',
  madeCommand: 'Command',
  madeVerify: 'To check it',
  madeCommits: 'Commits',
  madeData: 'Images',
  madeEmoji: 'Emoji by designer',
  madeImages:
    '{images}, {size, number}×{size, number}: {train, number} to train on, {test, number} to test, SHA-256 {hash}…',
  madeSeeds: 'Seeds',
  madeBackend: 'Computed by',
  madeSimd: '{simd, select, relaxed {relaxed SIMD} other {plain SIMD}}',
  madeMachine: 'Machine',
  madeTime: 'Time',
  madeSeconds: '{cpu} of one core; all nets one after the other: {passed}',
} as const;
