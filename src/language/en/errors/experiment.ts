/** What is wrong with an experiment from outside, in a link, a script, the file of a run, or a file of weights. */
export const experiment = {
  is: 'experiment: {problem}',
  at: 'experiment.{place}: {problem}',
  whole: 'experiment: it {problem}',
  named: '{what}: {problem}',
  namedAt: '{what}.{place}: {problem}',
  unreadable: '{what}: what was given cannot be read',
  // Values
  'value.boolean': '{value} is not true or false',
  'value.field': '{value} is not a field of it',
  'value.hash': '{value} is not 64 hexadecimal digits',
  'value.integer': '{value} is not a whole number from {min} to {max}',
  'value.integerFrom': '{value} is not a whole number of {min} or more',
  'value.list': '{value} is not a list',
  'value.number': '{value} is not a number from {min} to {max}',
  'value.object': '{value} is not an object',
  'value.oneOf': '{value} is not one of {options}',
  'value.text': '{value} is not a text',
  'value.textLength': 'must have 1 to {most} characters',
  // What JSON cannot hold
  'json.deep': 'is too deep',
  'json.itself': 'contains itself{where, select, item { at {place}} field { in {place}} other {}}',
  'json.list': 'has a list of {length}',
  'json.type': 'has a {type}{where, select, item { at {place}} field { in {place}} other {}}, which JSON does not have',
  'json.unreadable': 'cannot be read',
  'json.values': 'has too many values',
  // Nets
  depth: '{depth} is not {rule}; the nearest that is, up to {most}: {nearest}',
  'depth.or': '{below} or {above}',
  gains:
    '{gains, plural, one {# gain} other {# gains}} for {blocks, plural, one {# block} other {# blocks}}; give one per block',
  lastScale: 'a branch that starts at 0 needs a shortcut beside it, and a plain net has none',
  'choices.span': 'a bottleneck always has three layers; only basic blocks let you choose the layers under a shortcut',
  'choices.shift': 'without normalisation there is no shift to choose',
  'choices.scaleOfNone': 'without normalisation a branch has no scale that could start at 0',
  'choices.sumOfNone': 'without normalisation there is no norm to put after the sum',
  'choices.scaleOfOrder': 'in this order no norm ends the branch, so there is no last scale',
  'choices.scaleBeforeRelu':
    'after a last scale of 0 the ReLU before the sum passes no gradient, and the branch would stay 0',
  'choices.scaleBeforeGate':
    'after a last scale of 0 the ReLU before the gate passes no gradient, and the branch would stay 0',
  'choices.fixupBeforeRelu':
    'Fixup’s branches start at 0, the ReLU before the sum passes no gradient then, and they would stay 0',
  'choices.shortcut': 'a plain net has no shortcuts, so their kind cannot be chosen',
  'choices.orderOfSum': 'an order applies only to blocks that end in a sum; concatenated and dense ones have none',
  'choices.fixupOfSum': 'Fixup’s first weights are made for branches that are added',
  'choices.dense':
    'dense connections have layers of their own: choose basic blocks, option A, two layers under a shortcut and a last scale of 1 with them',
  'choices.twoZeros':
    'a learned scale that starts at 0 and a branch that does would both stay there: let one of them start elsewhere',
  'choices.drop': 'only a branch that is added to a shortcut can be left out',
  'choices.highway':
    'a highway gate ends its blocks itself: choose the original order with it, and other first weights than Fixup',
  'choices.groups': '{groups, number} groups do not divide {width, number} channels',
  'choices.fixup':
    'Fixup’s first weights are made for nets without normalisation: choose “None” under Normalisation with them',
  'choices.fixupSpan':
    'Fixup scales the first of at least two layers of a branch; with one layer under a shortcut there is only one',
  'choices.rep':
    'RepVGG’s branches stand beside 3×3 convolutions with batch normalisation: choose basic blocks, batch normalisation, the original order and a last scale of 1 with them, and no dense connections',
  lanes: '{lanes} nets are more than {most}',
  originLane:
    'lanes: {net} cannot come from its origin; a branch keeps the net, grows by whole blocks, or folds its RepVGG branches',
  originNone: 'none; leave out the origin of a net that was not branched off',
  originOrder: 'they end at {steps}; each must end after the one before',
  sameName: 'lanes: two are named {name}; give each a name of its own',
  size: 'size {size} is not one of {sizes}',
  surgery: 'surgery: block {block} of {net} does not exist; the nets are {nets}',
  // Links
  'link.cut': 'link: the experiment in it is cut off or misspelt; copy the whole link again',
  'link.damaged': 'link: the experiment in it is cut off or damaged; copy the whole link again',
  'link.notJson': 'link: the experiment in it is not JSON; it may have been cut short, copy it again',
  'link.version':
    'link: it is of version {version}, and this page reads up to version {newest}; open it on the page that it was copied from',
  // Files of runs
  run: 'run file: {file} {problem}; choose one that this page or "npm run lab" saved',
  'run.about': 'run file: {file}: {problem}',
  'run.beginning': 'is wrong at its beginning ({reason})',
  'run.diverged': 'has the curve of {net}, which diverged in step {step} but has {steps} steps',
  'run.lengths': 'has the curve of {net} with {errors} errors and {losses} losses; each step must have one of each',
  'run.notJson': 'is not JSON; it may be cut short',
  'run.order': 'has the curve of {net} with a test after step {step} listed behind one after step {before}',
  'run.place': 'is wrong at {place} ({reason})',
  'run.twice': 'has the curve of {net} twice',
  'run.unknown': 'has the curve of {net}, which is none of its nets',
  // Files of weights
  weights: 'weights file: {file} {problem}; {remedy}',
  'weights.again': 'load it into a net of its shape again',
  'weights.before': 'choose one from before its training diverged',
  'weights.classes': 'tells {given} classes apart, and these images have {classes}',
  'weights.extra': 'the net has no {tensor}',
  'weights.images': 'open the images that it was trained on',
  'weights.infinite': 'has a number that is infinite in 32 bits in {tensor}',
  'weights.insecure': 'weights: on a page that is not secure a browser hashes no file; open the page by https',
  'weights.load': 'load it into a net of its shape',
  'weights.missing': '{tensor} is missing',
  'weights.moreOutputs': 'choose one with an output for each class',
  'weights.nan': 'has NaN in {tensor}',
  'weights.negative': 'has a negative variance in {tensor}',
  'weights.notHere': '(content {hash}) is not here',
  'weights.oneOutput': 'has one output and no classes to choose among',
  'weights.other': 'is of another net: {difference}',
  'weights.others':
    'is of another net: {difference} (and {more, plural, one {# more difference} other {# more differences}})',
  'weights.save': 'save it in F32, F16, BF16 or F64',
  'weights.shape': '{tensor} is [{given}], not [{wanted}]',
  'weights.type': 'has {tensor} in numbers of {type}',
  'weights.unchanged': 'choose a file that was not changed',
} as const;
