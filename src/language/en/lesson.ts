export const lesson = {
  // The strip
  lesson: 'Lesson',
  chapters: 'Chapters',
  chapterOf: 'Chapter {number, number} of {chapters, number}',
  optionalChapter: 'Chapter {number, number}, optional',
  chapterLink: 'Chapter {number, number}: {name}',
  explore: 'Explore freely',
  backToLesson: 'Back to the lesson',
  waits: 'The lesson waits at chapter {number, number}, “{name}”.',
  back: 'Back',
  next: 'Next',
  showMe: 'Show me',
  answers: 'Your answer',
  noIdea: 'No idea',
  same: 'The same',
  guessFirst: 'Guess first. There is nothing to lose.',
  deedFirst: 'Not yet: “{deed}” comes first.',
  drawFirst: 'Where will the curves end? <b>Drag the dots, or pick an answer above.</b>',
  answerFirst: 'What will it be? <b>Pick an answer above.</b>',
  youSay: 'You say: “{answer}”. Press <b>Train</b> and see.',
  trainAndSee: 'Press <b>Train</b> and see.',
  guessKept: 'Guess kept: {answer}. Train is ready.',
  kept: 'Guess kept: {answer}.',
  trainNow: 'Good. Now press <b>Train</b>, or Space.',
  watch: 'Your guess is kept. Watch where the curves go.',
  preparing: 'Meanwhile the nets train to step {step, number}, where this chapter begins.',
  preparingPaused: 'Paused. Press <b>Train</b>: this chapter begins at step {step, number}.',
  past: 'The nets have trained beyond the step where this is done. The next press begins the race of this chapter again.',
  failed: 'The measurement did not finish. Try it again.',
  comparing: 'Measuring…',
  measure: 'Measure',
  right: 'You said “{said}”. You were right.',
  wrong: 'You said “{said}”. It was “{was}”.',
  unguessed: 'It was “{was}”.',
  undecided: 'This race did not settle it.',
  otherwise: 'This race came out differently than usual. <b>{usually}</b>',
  unmeasured: 'A number is missing: <b>a net diverged, or a measurement did not finish.</b>',
  changed:
    'In this race nets were changed in ways that are not part of this chapter, so it does not answer the question.',
  beginAgain: 'Begin this chapter again',
  sealed: 'A third net, sealed',
  sealedAbout: 'It trains alongside: the same 32 layers, one thing added. You will see it at step {step, number}.',
  opensAt: 'opens at step {step, number}',
  end: 'Your guesses',

  deeperName: 'Deeper is worse',
  deeperTitle: 'Does a deeper net learn better?',
  deeperSetup:
    'Two nets are stacked from the same kind of layer: one has 8, the other 32. Both learn the same pictures in the same order. After {step, number} steps, which one makes fewer mistakes <b>on the pictures it learns from</b>?',
  deeper8: '8 layers',
  deeper32: '32 layers',
  deeperRemember:
    'More layers made it worse <b>even on the pictures it learns from</b>. So this is not overfitting. He and colleagues called it <b>degradation</b>.',
  deeperRememberUsually:
    'Not in this race. <b>Usually</b> more layers make a plain net worse even on the pictures it learns from, which is not overfitting. He and colleagues called it <b>degradation</b>.',
  deeperNote:
    'He et al. 2015, section 1. In the paper, after full training, plain-56 is a few points behind plain-20; plain-110 hardly learns (error above 60%).',
  deeperUsually:
    'plain-32 is {here, number, ::.0} points {way, select, less {ahead of} other {behind}} plain-8; over several seeds it is usually {points, number} or more behind.',
  deeperNext: 'Next: does it have to be so?',

  growName: 'It need not be',
  growTitle: 'Is there a deeper net that is no worse?',
  growSetup:
    'plain-8 learns its first {start, number} steps now. Think of a net with 14 layers. Is there any that makes <b>exactly the same mistakes</b> as your 8-layer net?',
  growAlways: 'Yes, always',
  growLuck: 'Only with luck',
  growNo: 'No',
  growDo: 'Now put 6 layers into plain-8.',
  growButton: 'Branch and grow deeper',
  growSame: 'Both are wrong on {error, number, ::.0}%. Train both for {more, number} steps.',
  growApart:
    'plain-8 is wrong on {shallow, number, ::.0}%, the grown net on {grown, number, ::.0}%. Train both for {more, number} steps.',
  growRemember:
    'A deeper net that is no worse <b>always exists</b>: copy the shallow one and let the new layers do nothing. Whether training from random weights finds it is another question.',
  growNote: 'He et al. 2015, section 1. The new blocks have shortcuts, so the grown net is no longer purely plain.',
  growUsually: 'The grown net is {here, number, ::.0} points behind; over several seeds it usually stays within 4.',
  growApartUsually: 'The two nets are {here, number, ::.0} points apart; usually it is 0.',
  growNext: 'Next: one wire',

  wireName: 'One wire',
  wireTitle: 'Can one wire make up for depth?',
  wireSetup:
    'In ResNet-32 each pair of layers has a wire around it, a <b>shortcut connection</b>: its input is added to its output, <b>y = F(x) + x</b>. No weight is added. At step {end, number}, where will it be, compared with plain-8?',
  wirePassed: 'Ahead',
  wireLevel: 'About level',
  wireBehind: 'Behind',
  wireRemember: 'Same layers, same first weights, same number of parameters: <b>one addition</b> makes the difference.',
  wireRememberUsually:
    'Same layers, same first weights, same number of parameters, and <b>one addition</b>. Usually it makes a large difference; in this race it did not.',
  wireNote:
    'He et al. 2015, sections 3.1 and 3.2. Here ResNet-32 is {lead, number, ::.0} points {way, select, ahead {ahead of plain-8.} other {behind plain-8: at this length, deeper is not better yet.}}',
  wireUsually:
    'ResNet-32 is {here, number, ::.0} points {way, select, less {behind} other {ahead of}} plain-32; over several seeds it is usually {points, number} or more ahead.',
  wireLeadUsually:
    'ResNet-32 is {here, number, ::.0} points behind plain-8; over several seeds it is usually less than {points, number}.',
  wireNext: 'Next: what does a block do?',

  blockName: 'What a block does',
  blockTitle: 'What does a block add to its input?',
  blockSetup:
    'A residual block adds what its two layers compute, F(x), to what it is given, x. Take block 8 of ResNet-32, in the middle of the net. Which is larger: <b>what it adds or what it is given</b>?',
  blockAdded: 'What it adds',
  blockGiven: 'What it is given',
  blockEqual: 'About equal',
  blockDo: 'Now measure F(x) against x in all 15 blocks.',
  blockLook:
    'The first block adds {first, number, ::.00} times its input, the last {last, number, ::.00} times. Now see block 8 as pictures.',
  blockLookButton: 'Show block 8',
  blockSlow: 'Last, one more step in slow motion: see each block add to the stream.',
  blockSlowButton: 'Play one step slowly',
  blockRemember:
    'Each block adds a change to <b>one stream</b> that runs through the whole net: {first, number, ::.00} times its input in the first block, {last, number, ::.00} in the last.',
  blockNote:
    'He et al. 2015, section 3.1. Later blocks add less because the stream has grown, even before training (De and Smith 2020).',
  blockLessUsually:
    'Block {block, number} adds {here, number, ::.00} times its input; over several seeds it is usually less than 0.9 times.',
  blockMoreUsually:
    'Block {block, number} adds {here, number, ::.00} times its input; over several seeds it is usually 0.9 times or more.',
  blockNext: 'Next: the suspect',

  suspectName: 'The suspect',
  suspectTitle: 'Do gradients vanish in a deep net?',
  suspectSetup:
    'You may have read that deep nets fail because <b>gradients vanish</b>. Before the first step, in plain-56: is the gradient at the first layer smaller than at the last, about equal, or larger?',
  suspectSmaller: 'Much smaller',
  suspectEqual: 'About equal',
  suspectLarger: 'Much larger',
  suspectDo: 'Now measure it, before the first step.',
  suspectTrain:
    'It is <b>{times, plural, one {# time} other {# times}} as large</b> as at the last layer. Now train {end, number} steps, and measure again.',
  suspectRemember:
    'Before training the gradient does not vanish toward the input, it <b>explodes</b>: {times, number, ::.} times. After 20 steps it is {after, number, ::.0} times, and the weights of block 1 are {longer, number, ::.} times as long.',
  suspectRememberUsually:
    'Usually the gradient <b>explodes</b> toward the input before training. In this race it is {times, number, ::.0} times as large there, {after, number, ::.0} times after 20 steps, and the weights of block 1 are {longer, number, ::.0} times as long.',
  suspectNote:
    'He et al. 2015, section 4.1: vanishing gradients are an unlikely cause. Why deep plain nets learn slowly is still debated.',
  suspectUsually:
    'Before training the gradient at the first layer is {here, number, ::.0} times that at the last; over several seeds it is usually more than 50 times.',
  suspectAfterUsually:
    'After 20 steps the gradient at the first layer is {here, number, ::.0} times that at the last; over several seeds it is usually less than 5 times.',
  suspectLongerUsually:
    'The weights of block 1 are {here, number, ::.0} times as long; over several seeds it is usually more than 5 times.',
  suspectNext: 'Next: cut it',

  cutName: 'Cut it',
  cutTitle: 'What if a trained net loses a block?',
  cutSetup:
    'Two nets train to step {start, number}. Then each block in turn is deleted, <b>without retraining</b>, and put back. Which net’s error rises more?',
  cutDo: 'Now delete each block in turn, in both nets.',
  cutButton: 'Delete each block',
  cutFurtherTitle: 'And without one of its shortcuts?',
  cutFurtherSetup:
    'A block costs plain-20 {plain, number, ::.0} points, ResNet-32 {branch, number, ::.0}. Now we cut ResNet-32 at its wires instead. Which single cut hurts it more: <b>a branch or a shortcut</b>?',
  cutBranch: 'A branch',
  cutShortcut: 'A shortcut',
  cutWire: 'Now cut each shortcut of ResNet-32 in turn.',
  cutWireButton: 'Cut each shortcut',
  cutRemember:
    'Deleting one block costs plain-20 <b>{plain, number, ::.0}</b> points and ResNet-32 <b>{branch, number, ::.0}</b>. Cutting one <b>shortcut</b> costs ResNet-32 <b>{shortcut, number, ::.0}</b>.',
  cutNote: 'Means over all blocks, batch statistics. After Veit, Wilber and Belongie 2016, section 4.1.',
  cutUsually:
    'plain-20 loses {here, number, ::.0} points {way, select, less {less} other {more}} than ResNet-32; over several seeds it usually loses at least 5 more.',
  cutWireUsually:
    'A shortcut costs {here, number, ::.0} points {way, select, less {less} other {more}} than a branch; over several seeds it usually costs at least {points, number} more.',
  cutNext: 'Next: too late to help?',

  lateName: 'Too late to help?',
  lateTitle: 'Do shortcuts help in mid-training?',
  lateSetup:
    'plain-32 trains for {start, number} steps without shortcuts. Then you switch <b>all of them on</b>. Right after that, with the same weights, is its error lower, the same, or higher?',
  lateLower: 'Lower',
  lateHigher: 'Higher',
  lateDo: 'Now switch on the shortcuts of {net}.',
  lateButton: 'Switch them on',
  lateTrain: 'It was {before, number, ::.0}%, it is {after, number, ::.0}%. Train {more, number} more steps.',
  lateRemember:
    'Shortcuts do not repair the weights: {before, number, ::.0}% became {after, number, ::.0}%. They make the net <b>able to learn</b>: {later, number, ::.0}% after {more, number} more steps.',
  lateRememberUsually:
    'Usually the error rises at once, and training then brings it below where it was. In this race {before, number, ::.0}% became {after, number, ::.0}%, and {later, number, ::.0}% after {more, number} more steps.',
  lateNote:
    'ResNet-32 without its shortcuts: {intact, number, ::.0}% became {off, number, ::.0}%; with them back, and trained on, {again, number, ::.0}%. On 1,000 training pictures. Measured by this page; not in the paper.',
  lateOff: 'plain-32 is at {later, number, ::.0}%. Now the other way round: switch off the shortcuts of ResNet-32.',
  lateOffButton: 'Switch {net}’s shortcuts off',
  lateWithout:
    'ResNet-32: from {intact, number, ::.0}% to {off, number, ::.0}% at once. Train {more, number} steps without shortcuts.',
  lateBack: 'Now give ResNet-32 its shortcuts back.',
  lateBackButton: 'Switch them back on',
  lateUsually:
    'At once the error {way, select, less {fell} other {rose}} by {here, number, ::.0} points; over several seeds it usually rises by 2 or more.',
  lateGainedUsually:
    'After {more, number} more steps the error of plain-32 had {way, select, less {risen} other {fallen}} by {here, number, ::.0} points; over several seeds it usually falls by 4 or more.',
  lateLostUsually:
    'Without its shortcuts ResNet-32 {way, select, less {gained} other {lost}} {here, number, ::.0} points; over several seeds it usually loses 10 or more.',
  lateRegainedUsually:
    'With its shortcuts back ResNet-32 {way, select, less {lost another} other {won back}} {here, number, ::.0} points; over several seeds it usually wins back 10 or more.',
  lateNext: 'Next: how far does it go?',

  farName: 'How far it goes',
  farTitle: 'What do 152 layers cost?',
  farSetup:
    'The paper’s largest net for ImageNet, ResNet-152, has eight times the layers of VGG-19. For one picture, does it need <b>more or fewer multiply-adds</b>?',
  farMore: 'More',
  farFewer: 'Fewer',
  farDo: 'Now look at the paper’s own numbers.',
  farButton: 'Open the family',
  farRemember:
    '{resnet, number} billion multiply-adds against {vgg, number} billion. With shortcuts, depth paid off up to <b>152 layers</b> on ImageNet; on CIFAR-10, 1,202 layers still trained, but tested worse than 110.',
  farNote: 'He et al. 2015, figure 3, tables 1, 3 and 6, section 4.2. The paper’s numbers, not measured in this tab.',
  farNext: 'One more: what else cures it?',

  cureName: 'What else cures it?',
  cureTitle: 'Is the shortcut the only cure?',
  cureSetup:
    'The third net has 32 layers and <b>no shortcut</b>. Only its first weights differ: each layer <b>starts almost as the identity</b>, so it passes on what it is given. Where is it at step {end, number}, between the other two?',
  cureNear: 'Near {net}',
  cureBetween: 'In between',
  cureRemember:
    'The wire is <b>not the only cure</b>. What the cures seem to share: at the start, each layer hardly bends what passes through it. The shortcut is the simplest way, and in the paper it works at 1,202 layers.',
  cureRememberUsually:
    'This race does not show it. Usually the identity start comes near ResNet-32: the wire is <b>not the only cure</b>. It is the simplest, and in the paper it works at 1,202 layers.',
  cureNote:
    'A hypothesis that fits these {end, number} steps: a cure here need not be one at 1,000 layers. Zagoruyko and Komodakis 2017.',
  cureUsually:
    'The identity start is {here, number, ::.0} points {way, select, less {behind} other {ahead of}} plain-32; over several seeds it is usually {points, number} or more ahead.',
  cureBehindUsually:
    'The identity start is {here, number, ::.0} points behind ResNet-32; over several seeds it is usually less than {points, number}.',
  cureAll: 'Race {designs, number} designs',
  // Predictions and outcomes
  you: 'you',
  measured: 'measured',
  chapter: 'Chapter',
  youSaid: 'You said',
  itWas: 'It was',
  numbered: '{number, number}. {question}',
  endOf: '{net}: {error}%',
  noPredictions: 'You have made no guesses yet.',
  yourName: 'Your name, for the file',
  saveFile: 'Save file to hand in',
  savePicture: 'Save picture',
  forget: 'Delete all',
  stays: 'Kept in this browser only. Nothing is sent anywhere.',
  // The six questions
  quiz: 'Six questions',
  quizInvites: 'Answer them before the lesson and again after it, to see what you gained. You need not.',
  quizWaits: 'Your first answers are kept. Answer again after the lesson; then they are explained.',
  quizBegin: 'Answer them',
  quizAgain: 'Answer them again',
  quizDone: 'Done',
  quizResult: 'You had {right, number} of 6 right.',
  quizGain: 'Before the lesson you had {before, number} of 6 right, after it {after, number}.',
  quizRight: 'You were right: {answer}.',
  quizWrong: 'The answer is: {answer}.',
  quizPictures: 'On which pictures does degradation show?',
  quizTraining: 'already on the training pictures',
  quizNew: 'only on new pictures',
  quizBoth: 'on none of them',
  quizPicturesWhy:
    'The deeper plain net makes more mistakes on the very pictures it learns from. Overfitting would show on new pictures only.',
  quizWeights: 'Do identity shortcuts add parameters?',
  quizYes: 'yes',
  quizNo: 'no',
  quizWeightsWhy:
    'They only add a block’s input to its output. plain-32 and ResNet-32 have the same number of parameters.',
  quizGradient:
    'In an untrained deep plain net with batch normalisation, how large is the gradient at the first layer, compared with the last?',
  quizSmaller: 'smaller',
  quizEqual: 'about equal',
  quizLarger: 'larger',
  quizGradientWhy:
    'Toward the input it explodes. It looks small only after the first, huge steps have made the first weights long.',
  quizSwitch: 'A plain net is half trained. What happens in the step after all its shortcuts are switched on?',
  quizBetter: 'its error falls',
  quizUnchanged: 'nothing',
  quizWorse: 'its error rises',
  quizSwitchWhy:
    'Its weights were learned without shortcuts. After that it learns about as fast as a new residual net.',
  quizCut: 'Which cut hurts a trained ResNet more?',
  quizBranch: 'a branch',
  quizShortcut: 'a shortcut',
  quizCutWhy:
    'Without one branch, the stream still passes. Without one shortcut, every later block gets inputs that it has never seen.',
  quizDeeper: 'With shortcuts, is deeper always better?',
  quizAlways: 'yes, always',
  quizNotAlways: 'no',
  quizDeeperWhy:
    'In the paper a net of 1,202 layers learned its training pictures, but did worse on new ones than one of 110.',
} as const;
