export const setup = {
  find: 'What do you want to find out?',
  keeps: 'Opening an experiment keeps your current race in <a>Runs</a>.',
  keepsNothing: 'Each opens at step 0, and trains in this tab.',
  minutes: '{minutes, plural, =0 {under a minute} one {about a minute} other {about # minutes}} · {name}',
  ownName: 'Your own',
  ownQuestion: 'What do your nets show?',
  ownSetup:
    '<l>This experiment is your own, or from a link.</l> All nets in it get the same pictures in the same order, so only their design and what you do to them differ.',
  ownNote:
    'To compare two nets, change one thing at a time, and repeat with several seeds before you trust a small gap.',

  degradationName: 'Degradation',
  degradationQuestion: 'Does a deeper net learn better?',
  degradationAbout: 'A deep plain net falls behind a shallow one. Its twin with shortcuts wins most of it back.',
  degradationSetup:
    '<l>Two plain nets have 8 and 32 layers. A third has 32 layers and shortcuts, the arcs.</l> All learn from the same pictures in the same order: which makes the fewest mistakes <b>on the pictures it learns from</b>?',
  degradationNote:
    'A deeper net could copy the shallow one and let its other layers <b>pass their input on unchanged</b>, so it should never be worse (He et al., section 1). And these are the pictures it learns from: if it is worse, that <b>is not overfitting</b>.',
  deepName: 'Deep',
  deepQuestion: 'What if it is deeper still?',
  deepAbout: '56 layers: the plain net hardly beats chance, the residual one learns.',
  deepSetup:
    '<l>Two plain nets have 8 and 56 layers. A third has 56 layers and shortcuts, the arcs.</l> After 300 steps, which makes the fewest mistakes <b>on the pictures it learns from</b>?',
  deepNote:
    'The paper’s figure 6 goes on to 110 layers, where a plain net stays above 60% error and a residual one reaches a test error of 6.43%. Here the errors are on the pictures that nets learn from, so a deep net that is worse <b>is not overfitting</b>.',
  twinsName: 'Twins',
  twinsQuestion: 'What does one wire change?',
  twinsAbout: 'Two nets of 20 layers with equal first weights. Only the shortcuts differ.',
  twinsSetup:
    '<l>Both nets have 20 layers, the same number of parameters and the same first weights.</l> One has a wire past every block that carries the block’s input to its output: does that change how fast it learns?',
  twinsNote:
    'A shortcut <b>adds</b> the input of a block to its output, so the layers only have to learn what to change: the residual. It costs no parameters (He et al., section 3.2).',
  sweepName: 'Depth sweep',
  sweepQuestion: 'How does error change with depth?',
  sweepAbout: 'Twelve nets from 8 to 56 layers: the paper’s comparison, made in your tab.',
  sweepSetup:
    'Six plain nets and their six residual twins, from 8 to 56 layers, learn from the same pictures in the same order. Watch <b>Error by depth</b>: where does each line start to rise?',
  sweepNote:
    'More layers can express more, and a deeper net could copy a shallower one, so both lines should fall. Where one rises in <b>training</b> error, the net is harder to train, not overfitting (He et al., section 1).',
  tinyName: 'Tiny',
  tinyQuestion: 'Is your machine slow?',
  tinyAbout: 'The first experiment again, on pictures of 8 by 8 pixels.',
  tinySetup:
    '<l>The first experiment at small scale: nets of 8 and 32 layers, and one of 32 with shortcuts, on pictures of 8 by 8 pixels.</l> Which makes the fewest mistakes <b>on the pictures it learns from</b>?',
  tinyNote:
    'A deeper net could copy the shallow one and let its other layers <b>pass their input on unchanged</b>, so it should never be worse (He et al., section 1). These are the pictures it learns from: if it is worse, that <b>is not overfitting</b>.',
  optionsName: 'Options A, B, C',
  optionsQuestion: 'Does the kind of shortcut matter?',
  optionsAbout: 'Zeros or projections where the size changes. Expect no ranking.',
  optionsSetup:
    '<l>One net of 20 layers with three kinds of shortcut, side by side.</l> A fills new channels with zeros, B uses a projection where the shape changes, C uses projections everywhere.',
  optionsNote:
    'In the paper B is slightly better than A and C than B. The differences are small, so <b>projections are not essential</b> (He et al., section 4.1). Here they are smaller than the noise of one seed.',
  bottleneckName: 'Bottleneck',
  bottleneckQuestion: 'Why do very deep nets use thin blocks?',
  bottleneckAbout: '1×1, 3×3, 1×1: three layers for about the price of two.',
  bottleneckSetup:
    '<l>A block of 1×1, 3×3 and 1×1 convolutions narrows its input, works on it and widens it again.</l> Here are 29 layers of such blocks, without and with shortcuts, beside ResNet-20 with basic blocks.',
  bottleneckNote:
    'A bottleneck block costs about as much as a basic one and is a layer deeper. From 50 layers on, the paper’s ImageNet nets are built of such blocks (He et al., section 4.1, figure 5).',
  familyName: 'Family',
  familyQuestion: 'What did the paper compare?',
  familyAbout: 'VGG-19, plain-34 and ResNet-34 at an eighth of their width.',
  familySetup:
    'The three nets of the paper’s figure 3, at an eighth of their width and on pictures of 32 by 32 pixels. <l>VGG-19 has batch normalisation here, as the other two have.</l>',
  familyNote:
    'At full size plain-34 needs 3.6 billion multiply-adds for a picture, <b>18% of VGG-19’s 19.6 billion</b> (He et al., section 3.3).',
  familyBelow: 'The section <i>The paper’s family</i> below has their true sizes and errors.',
  curesName: 'What else cures it?',
  curesQuestion: 'Is the shortcut the only cure?',
  curesAbout: 'Twelve other designs of 32 layers between a plain net and a ResNet.',
  curesSetup:
    '<l>plain-32 and ResNet-32 are the walls; twelve other designs of 32 layers (the dense one has 34) run between them.</l> Which come near ResNet-32, and which stay at plain-32? One seed can be off by several points: repeat with three.',
  curesNote:
    'Some have no wire, some have a different one, some are expected to fail. These are small nets of one size, trained for a short time: <b>a cure here need not be one at 1,000 layers</b>, and a failure need not be one after full training.',
  preactivationName: 'Pre-activation',
  preactivationQuestion: 'Does the order matter at 1,000 layers?',
  preactivationAbout: 'Two nets of 1,004 layers: a ReLU after each sum, or a clean path.',
  preactivationSetup:
    '<l>Two ResNets of 1,004 layers, 4 channels wide, on pictures of 8 by 8 pixels.</l> One has a ReLU after each sum, as in 2015; in the other norm and ReLU come before each convolution. A step takes half a second to a second.',
  preactivationNote:
    'On CIFAR-10 the paper of 2016 has 7.61% for ResNet-1001 and <b>4.92% with pre-activation</b>; at 110 layers 6.61% and 6.37%: the deeper, the clearer (He et al. 2016, tables 2 and 3).',
  'no-normName': 'Without normalisation',
  'no-normQuestion': 'Is the shortcut enough on its own?',
  'no-normAbout': 'No batch normalisation: biases in its place, and other starts.',
  'no-normSetup':
    '<l>ResNet-32 beside nets without normalisation: a plain one, a residual one, and two whose branches begin with almost nothing.</l> Expect the residual net with neither normalisation nor such a start to diverge: watch its first steps.',
  'no-normNote':
    'Without normalisation each block at first about <b>doubles the variance</b> of the signal. SkipInit multiplies each branch by a learned number that starts at 0; Fixup scales down the branch’s first weights (De and Smith 2020; Zhang, Dauphin and Ma 2019).',
  'weaker-wiresName': 'Weaker wires',
  'weaker-wiresQuestion': 'How strong must the wire be?',
  'weaker-wiresAbout': 'ResNet-32 with shortcuts of strength 1, 0.7, 0.5 and 0.3.',
  'weaker-wiresSetup':
    '<l>ResNet-32 with all its shortcuts at strength 1, 0.7, 0.5 and 0.3 (“gains” in the names), beside plain-32, which has none.</l> Where between the two does each come out?',
  'weaker-wiresNote':
    'With 0.5 on its shortcuts <b>ResNet-110 failed</b>; with 0.5 on both paths it had 12.35% instead of 6.61% (He et al. 2016, table 1). Later work repeats its gated variants and disputes its conclusion about gates (Srivastava 2024).',
  'figure-4Name': 'Figure 4, small',
  'figure-4Question': 'Does figure 4 hold at small scale?',
  'figure-4About': 'The ImageNet design at 18 and 34 layers, plain and residual.',
  'figure-4Setup':
    '<l>Plain and residual nets of 18 and 34 layers, of the paper’s ImageNet design, at an eighth of its width and on small pictures.</l> Is the deeper plain net worse, and the deeper residual one better?',
  'figure-4Note':
    'On ImageNet plain-34 has 28.54% top-1 error, plain-18 27.94%; <b>ResNet-34 25.03%, ResNet-18 27.88%</b> (He et al., table 2, figure 4). A short training on small pictures says less than 600,000 steps on ImageNet.',
  spansName: 'Spans of 1, 2, 3',
  spansQuestion: 'How many layers should a wire span?',
  spansAbout: 'ResNet-38 with a shortcut around every 1, 2 or 3 layers.',
  spansSetup:
    '<l>38 layers with no shortcut, and with one around every single layer, every two, and every three.</l> The nets have the same convolutions; they differ only in where the wires sit and in their random first weights.',
  spansNote:
    'The paper writes of a shortcut around a single layer that it is like a linear layer, <b>“for which we have not observed advantages”</b>; its blocks span two or three layers (He et al., section 3.2).',

  restarts: 'Changing anything here restarts the race.',
  about: 'About: {name}',
  data: 'Data',
  dataSet: 'Data set',
  dataSetHint:
    'The pictures that the nets learn from: emoji of four designers, or your own. The paper uses ImageNet and CIFAR-10 (section 4).',
  emoji: 'Emoji',
  cifar10: 'CIFAR-10',
  ownImages: 'Your images…',
  task: 'Task',
  taskHint:
    'What a net is asked about a drawing: who designed it, or which group it belongs to. Both were made for this page.',
  taskDesigner: 'Designer',
  taskGroup: 'Group',
  askDesigner: 'Which designer drew it?',
  askGroup: 'Which group does it belong to?',
  // The groups of emoji
  groupSmileys: 'Smileys',
  groupPeople: 'People',
  groupAnimals: 'Animals',
  groupFood: 'Food',
  groupTravel: 'Travel',
  groupActivities: 'Activities',
  groupObjects: 'Objects',
  groupSymbols: 'Symbols',
  groupFlags: 'Flags',
  size: 'Image size',
  sizeHint: 'Pixels per side. The paper’s CIFAR-10 images have 32 (section 4.2); smaller images train faster.',
  drawings: '{train, number} drawings for training, {test, number} for testing',
  images: '{train, number} images for training, {test, number} for testing',

  recipe: 'Recipe',
  learningRate: 'Learning rate',
  learningRateHint: 'How far each step moves the weights. The paper starts at 0.1 (section 4.2).',
  drops: 'Learning-rate drops',
  dropsHint:
    'Steps at which the learning rate is divided. The paper divides by 10 at 32,000 and 48,000 steps (section 4.2).',
  none: 'none',
  addDrop: 'Add a learning-rate drop',
  dropBy: 'Learning-rate drop {nth, number}: divided by',
  dropAt: 'Learning-rate drop {nth, number}: at step',
  atStep: 'at step',
  removeDrop: 'Remove this drop',
  warmUp: 'Warm-up',
  warmUpHint: 'Begins at a lower rate. The paper does so for 110 layers: 0.01 for about 400 steps (section 4.2).',
  warmUpSteps: 'Warm-up: steps',
  stepsAt: 'steps at',
  warmUpRate: 'Warm-up: learning rate',
  batch: 'Batch',
  batchHint: 'Pictures in one training step. The paper uses 128, on two GPUs (section 4.2).',
  momentum: 'Momentum',
  momentumHint: 'The share of the last step that goes into the next one. The paper uses 0.9 (section 4.2).',
  weightDecay: 'Weight decay',
  weightDecayHint:
    'Pulls the parameters toward 0, here all of them. The paper uses 0.0001 (section 4.2) and does not say for which.',
  equalSteps: 'Equal steps',
  equalStepsHint:
    'Every tensor moves by the same share of its norm, however large its gradient is, as in LARS (You et al. 2017). The paper has plain SGD.',
  augment: 'Crop and flip',
  augmentHint:
    'Shifts every picture by up to an eighth of its size and mirrors half of them. The paper does so with 4 of 32 pixels (section 4.2).',
  mean: 'Subtract the mean of',
  meanHint: 'Of each pixel, as the paper does (section 4.2), or of each colour channel.',
  meanPixel: 'Pixel',
  meanChannel: 'Channel',
  seed: 'Seed',
  seedHint:
    'Decides the first weights and the order of the pictures: the same seed gives the same curve on the same device.',
  newSeed: 'New seed',
  until: 'Stop at step',
  untilHint:
    'Training pauses at this step. The paper trains 64,000 steps on CIFAR-10 (section 4.2). Changing it restarts nothing.',
  repeat: 'Repeat with several seeds',
  repeatHint:
    'Trains the experiment with one seed after another, to tell a gap from luck. The paper repeats ResNet-110 five times (table 6).',
  repeatSeeds: 'Seeds to repeat it with',
  repeatRun: 'Run',
  repeatRunHint:
    'Trains this experiment, cuts included, with {seeds, number} seeds one after another, this one first. Seeds that are saved already are not trained again.',
  repeatStop: 'Stop repeating',

  nets: 'Nets',
  addNet: 'Add net',
  duplicate: 'Duplicate {name}',
  remove: 'Remove {name}',
  noNets: 'No nets. Add one, or choose an experiment.',
  design: 'Design',
  designHint:
    'Three stages for small pictures (section 4.2), four for ImageNet (table 1), or a net from before ResNets.',
  designCifar: 'For CIFAR: three stages',
  designImagenet: 'For ImageNet: four stages',
  designVgg: 'VGG',
  designAlexnet: 'AlexNet',
  designGooglenet: 'GoogLeNet',
  kind: 'Kind',
  kindHint: 'A plain net stacks its layers. A residual net has a shortcut past every block (section 3.3).',
  plain: 'Plain',
  residual: 'Residual',
  depth: 'Depth',
  depthHint: 'Layers with weights: 6n + 2 with basic blocks (section 4.2), 9n + 2 with bottlenecks.',
  width: 'Width',
  widthHint: 'Channels of the first stage. The paper has 16 on CIFAR-10 (section 4.2) and 64 on ImageNet (table 1).',
  blocks: 'Blocks',
  blocksHint: 'Basic: two 3×3 convolutions. Bottleneck: 1×1, 3×3, 1×1 (figure 5).',
  basic: 'Basic',
  bottleneck: 'Bottleneck',
  shortcuts: 'Shortcuts',
  shortcutsHint: 'How a shortcut passes a change of shape. The paper finds the differences small (section 4.1).',
  optionA: 'A: zero padding',
  optionB: 'B: projection where the shape changes',
  optionC: 'C: projections everywhere',
  norm: 'Batch normalisation',
  normHint: 'After every convolution, as in the paper’s nets (section 3.4). VGG was published without.',
  with: 'With',
  without: 'Without',
  form: 'Form',
  formHint: 'As published, or as in torchvision, whose bottlenecks have their stride in the 3×3 convolution.',
  formPaper: 'As in the papers',
  formPytorch: 'As in PyTorch',
  cost: '{name}: {parameters} parameters, {adds} multiply-adds per image',
  catchUp: 'A net added late first trains alone on the images it missed.',
  cancel: 'Cancel',

  netMenu: 'Branch, grow or rewind {name}',
  branch: 'Branch from here',
  grow: 'Branch and grow deeper',
  fold: 'Branch and fold into {net}',
  foldNote:
    'Folded, each layer and the branches beside it become one layer that computes the same with the running statistics: the same answers, fewer weights. It trains on as a plain layer; its momentum begins at 0.',
  rewind: 'Rewind…',
  saveWeights: 'Save its weights (safetensors)',
  saveOnnx: 'Save the net as ONNX (about {size})',
  loadWeights: 'Load weights into a copy…',
  loadWeightsInto: 'Weights for a copy of {name}',
  branchNote:
    'A branch is a copy that continues from here; change something and the two drift apart. Grown, it also gets one more block per stage that does nothing at first: same function, more layers.',
  rewindTitle: 'Rewind {name}',
  rewindAbout: 'Restores weights, momentum and normalisation statistics. Later changes to shortcuts are undone.',
  checkpoint: 'Checkpoint',
  stepNumber: 'step {step, number}',
  untrained: 'untrained',
  asLoaded: 'as loaded from {file}',
  errorThere: 'training error {error, number, ::.}% at that step',
  rewindTo: 'Rewind to step {step, number}',

  paper: 'The paper’s recipe',
  paperButton: 'The paper’s recipe…',
  paperAbout:
    'Plain and residual at one depth, as in section 4.2: 32×32 pixels, width 16, batches of 128, crop and flip, momentum 0.9, weight decay 0.0001, and a learning rate of 0.1 divided by 10 at 32,000 and 48,000 of 64,000 steps.',
  paperDiffers:
    'The paper splits each batch over two GPUs, so that normalisation sees 64 pictures at a time; here it sees all 128. The paper’s schedule was chosen on 45,000 training and 5,000 validation pictures.',
  paperWarm: 'At 110 layers, the first 400 steps use a rate of 0.01.',
  paperEmoji:
    'It will train on the emoji that are open now. The paper’s own images are CIFAR-10: add them under Data first.',
  paperOwn: 'It will train on {name}, which is open now.',
  paperOtherSize:
    'Its images are {made, number}×{made, number} and cannot be resized to 32×32: the nets get them at {size, number}×{size, number}.',
  paperCost: '{adds} multiply-adds forward, and about twice as many backward.',
  paperExpected: 'At the speed of the present race, that is about {all}.',
  paperUse: 'Set it up and estimate time',
  paperMeasuring: 'Timing a few steps; then the race goes back to step 0…',
  paperTime:
    'On this device it takes about <b>{all}</b>: one step of {nets, plural, one {the net} =2 {both nets} other {all # nets}} takes {step}, and there are {steps, number}. The race is saved as it trains, so you can stop and continue later.',
  paperSeconds: '{seconds, number, ::.00} s',
  paperMilliseconds: '{milliseconds, number, ::@@} ms',
  paperMinutes: '{count, plural, one {# minute} other {# minutes}}',
  paperHours: '{count, plural, one {# hour} other {# hours}}',
  paperDays: '{count, plural, one {# day} other {# days}}',
  paperDone: 'Done',
} as const;
