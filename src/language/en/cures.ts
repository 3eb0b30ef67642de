/** Nets between the plain and the residual one of the paper: what else cures degradation. */
export const cures = {
  title: 'Nets between two walls',
  net: 'Net',
  idea: 'The idea in one line',
  source: 'Source',
  lower: '← lower is better',
  tick: '{error, number}%',
  dots: '{name}: {seeds, plural, =0 {no error yet} one {{list}, one seed} other {{list}; # seeds, mean {mean}}}',
  dotsDiverged:
    '{name}: {seeds, plural, =0 {} one {{list}, one seed; } other {{list}; # seeds, mean {mean}; }}{diverged, plural, one {one seed diverged, at step {step, number}} other {# seeds diverged, the first at step {step, number}}}',
  dotsRecorded: '{live}. Recorded: {recorded}',
  legend:
    '{seeds, plural, =0 {A dot for each seed.} one {A dot for each net: one seed.} other {A dot for each of # seeds, and their range.}} Circles have or had a shortcut, squares never. The bands are the two nets of the paper. Error: mean of the last 30 steps, on the pictures they learn from.',
  repeat: 'Repeat with {seeds, number} seeds',
  showCurves: 'Show the curves',
  showDots: 'Show the dots',
  showRecorded: 'Show the recorded end',
  hideRecorded: 'Hide the recorded end',
  recordedAbout:
    'Hollow marks are recorded: the same nets, trained for {steps, number} steps with two learning-rate drops, with {equal, select, yes {} other {{fewest, number} to }}{most, plural, one {one seed} other {# seeds}} each. Their error is again the mean of the last 30 steps.',
  recordedOther:
    'The record has other images, other nets or another recipe than this race, so it is not compared with it.',
  recordedSome: 'recorded: {diverged, number} of {seeds, number} diverged',
  recordedResult:
    '{verdict, select, beyond {recorded: {error}%, better than the ResNet} reaches {recorded: {error}%, as good as the ResNet} close {recorded: {error}%, close to the ResNet} helps {recorded: {error}%, helps} diverged {recorded: diverged} none {recorded: {error}%, no cure} other {recorded: {error}%}}',
  alone: 'Race {name} alone against the walls',
  weak: 'Each shortcut carries {gain, number, ::percent} of its input.',
  sentences: '{first} {second}',
  sources: '{first}; {second}',
  usual: '{family, select, plain {Layers one after another.} other {One shortcut around each pair of layers.}}',
  wall: '{wall, select, plain {plain wall} other {residual wall}}',
  verdict:
    '{verdict, select, beyond {better than the ResNet} reaches {as good as the ResNet} close {close to the ResNet} helps {helps} diverged {diverged} other {no cure}}',
  changed: 'shortcuts changed',
  waiting: 'Press <b>Train</b>: the rows are sorted by error at the end.',
  underway: 'Step {step, number} of {until, number}: the rows are sorted at the end.',
  fewSeeds:
    'Sorted by error. <b>{had, plural, one {One seed proves} other {# seeds prove}} little:</b> repeat with {seeds, number} before you call anything a cure.',
  sorted: 'Sorted by error.',
  found: '<l>{name}</l> learns <b>as well as</b> <r>{residual}</r>, without any shortcut.',
  notFound:
    'Without a shortcut, none of the nets here of the same depth and width learns as well as <r>{residual}</r>.',
  overlap: 'Here the residual wall is not <b>clearly lower</b> than the plain one, so there is nothing to cure.',
  caveat:
    'Small nets of one size, {steps, number} steps: a cure here need not be one at 1,000 layers, nor a failure here one after full training.',
  shared:
    'What the cures seem to share: at the start, each layer hardly bends what passes through it. A hypothesis that fits these runs, not a proof.',
} as const;
