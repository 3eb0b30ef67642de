export const lesson = {
  // The strip
  lesson: 'Lesson',
  chapters: 'Chapters',
  chapterOf: 'Chapter {number, number} of {chapters, number}',
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
  guessKept: 'Guess kept: {answer}. Train is ready.',
  kept: 'Guess kept: {answer}.',
  trainNow: 'Good. Now press <b>Train</b>, or Space.',
  watch: 'Your guess is kept. Watch where the curves go.',
  preparing: 'Meanwhile the nets train to step {step, number}, where this chapter begins.',
  comparing: 'Measuring on 1,000 training pictures …',
  measure: 'Measure',
  measuring: 'Measuring …',
  seconds: 'about {seconds, number} s',
  right: 'You said “{said}”. You were right.',
  wrong: 'You said “{said}”. It was “{was}”.',
  unguessed: 'It was “{was}”.',
  undecided: 'Here it stayed open.',
  otherwise: 'Here it came out otherwise. <b>{usually}</b>',
  severalSeeds: 'Several seeds',
  sealed: 'A third net, sealed',
  sealedAbout: 'It learns along: the same 32 layers, one thing added. You see it at step {step, number}.',
  opensAt: 'opens at step {step, number}',
  end: 'Your predictions',

  deeperName: 'Deeper is worse',
  deeperTitle: 'Does a deeper net learn better?',
  deeperSetup:
    'Two nets are stacked from the same kind of layer: one has 8, the other 32. Both learn the same pictures in the same order. After {step, number} steps, which one makes fewer mistakes <b>on the pictures it learns from</b>?',
  deeper8: '8 layers',
  deeper32: '32 layers',
  deeperRemember:
    'More layers made it worse <b>even on the pictures it learns from</b>. So this is not overfitting. He and colleagues called it <b>degradation</b>.',
  deeperNote: 'He et al. 2015, section 1. In the paper, after full training, the gap is a few points.',
  deeperUsually: 'Over several seeds the deeper net is usually {points, number} points or more behind.',
  deeperNext: 'Next: need it be so?',

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
  growRemember:
    'A deeper net that is no worse <b>always exists</b>: copy the shallow one and let the new layers do nothing. Training from random weights does not find it.',
  growNote: 'He et al. 2015, section 1. The new blocks stand behind shortcuts, so the grown net is not a plain one.',
  growUsually: 'Over several seeds the grown net usually stays within 4 points.',
  growNext: 'Next: one wire',

  wireName: 'One wire',
  wireTitle: 'Can one wire make up for depth?',
  wireSetup:
    'In ResNet-32 each pair of layers has a wire around it, a <b>shortcut connection</b>: its input is added to its output, <b>y = F(x) + x</b>. No weight is added. At step {end, number}, where will it be, compared with plain-8?',
  wirePassed: 'Ahead',
  wireLevel: 'About level',
  wireBehind: 'Behind',
  wireRemember: 'Same layers, same first weights, same number of parameters: <b>one addition</b> makes the difference.',
  wireNote:
    'He et al. 2015, sections 3.1 and 3.2. Here ResNet-32 is {lead, number, ::.0} points {way, select, ahead {ahead of} other {behind}} plain-8: at this length, deeper is not better yet.',
  wireUsually: 'Over several seeds ResNet-32 is usually {points, number} points or more ahead of plain-32.',
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
  blockRemember:
    'Each block adds a change to <b>one stream</b> that runs through the whole net: {first, number, ::.00} times its input in the first block, {last, number, ::.00} in the last.',
  blockNote:
    'He et al. 2015, section 3.1. Later blocks add less because the stream has grown (De and Smith 2020); this is not learned.',
  blockUsually: 'Over several seeds block 8 usually adds less than it is given.',
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
  suspectNote:
    'He et al. 2015, section 4.1: vanishing gradients are an unlikely cause. Why deep plain nets learn slowly is still debated.',
  suspectUsually: 'Over several seeds it is usually more than 50 times as large.',
  suspectNext: 'Next: cut it',

  cutName: 'Cut it',
  cutTitle: 'What if a trained net loses a block?',
  cutSetup:
    'Two nets train to step {start, number}. Then one block is deleted, <b>without training again</b>, and put back, and the next one is deleted. Whose error rises more?',
  cutDo: 'Now delete each block in turn, in both nets.',
  cutButton: 'Delete each block',
  cutWire:
    'A block costs plain-20 {plain, number, ::.0} points, ResNet-32 {branch, number, ::.0}. Now cut each shortcut of ResNet-32 instead.',
  cutWireButton: 'Cut each shortcut',
  cutRemember:
    'One block less costs plain-20 <b>{plain, number, ::.0}</b> points and ResNet-32 <b>{branch, number, ::.0}</b>. One <b>shortcut</b> less costs ResNet-32 <b>{shortcut, number, ::.0}</b>.',
  cutNote: 'Means over all blocks, batch statistics. After Veit, Wilber and Belongie 2016, section 4.1.',
  cutUsually: 'Over several seeds plain-20 usually loses at least 5 points more.',
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
    'Shortcuts do not repair the weights: {before, number, ::.0}% became {after, number, ::.0}%. They make the net <b>able to learn</b>: {later, number, ::.0}% now.',
  lateNote: 'On 1,000 training pictures. Measured by this page; not in the paper.',
  lateUsually: 'Over several seeds the error usually rises first, by 2 points or more.',
  lateNext: 'Next: how far does it go?',

  farName: 'How far it goes',
  farTitle: 'What do 152 layers cost?',
  farSetup:
    'The paper’s largest net for ImageNet, ResNet-152, has eight times the layers of VGG-19. For one picture, does it need <b>more or fewer multiplications</b>?',
  farMore: 'More',
  farFewer: 'Fewer',
  farDo: 'Now look at the paper’s own numbers.',
  farButton: 'Open the family',
  farRemember:
    '{resnet, number} against {vgg, number} billion. With shortcuts more depth paid off up to <b>152 layers</b>; 1,202 layers still trained, but did not test better than 110.',
  farNote: 'He et al. 2015, tables 1, 3 and 6, section 4.2. The paper’s numbers, not measured in this tab.',
} as const;
