export const story = {
  notStarted: 'Press Train. All nets learn from the same pictures in the same order.',
  allHidden: 'The nets are covered.',
  alone: 'There is one net, so there is nothing to compare it with.',
  allDiverged: 'No net trains any more: their losses are no longer finite numbers.',
  shownDiverged: 'The nets that are shown have diverged: their losses are no longer finite numbers.',
  noMeans: '{nets} diverged, so there are no mean errors to compare.',
  divergedWith: '{name} (with {seeds, number} of {of, number} seeds)',
  notComparableYet:
    '<net>{name}</net> {known, select, yes {is at <now>{error, number, ::.0}%</now>} other {has no error yet}}; {why, select, diverged {{diverged} diverged} behind {still catching up: {behind}} hidden {the others are not shown} other {{diverged} diverged, still catching up: {behind}}}.',
  deeperIsWorse:
    'The deep plain net {when, select, ended {ends <net>{gap, plural, one {# point} other {# points}} worse</net>.} other {is <net>{gap, plural, one {# point} other {# points}} behind</net>, on the very pictures it learns from.}}',
  deepestIsWorse:
    'The deepest plain net, {deep}, {when, select, ended {ends <net>{gap, plural, one {# point} other {# points}} worse</net> than the shallowest, {shallow}.} other {is <net>{gap, plural, one {# point} other {# points}} behind</net> the shallowest, {shallow}, on the very pictures it learns from.}}',
  twinWinsBack:
    'Add shortcuts, and the same {depth} layers <net>win back {share, select, part {{won} of the {gap} points} other {all {gap} points}}</net>.',
  twinNoBetter:
    'Its twin with shortcuts, <net>{name}</net>, is no better ({error, number, ::.0}%): {cause, select, rate {perhaps the learning rate of {rate} is in the way} other {something else may be in the way, or it is too early to tell}}.',
  twinLittleBetter:
    'Its twin with shortcuts, <net>{name}</net>, is {better, number, ::.0} points better ({error, number, ::.0}%), too little so far to be sure of.',
  twinBetter:
    'Add shortcuts, and the same {depth} layers are <net>{gap, plural, one {# point} other {# points}} better</net>. Nothing else differs.',
  twinWorse:
    'With shortcuts the same {depth} layers are <net>{gap, plural, one {# point} other {# points}} worse</net>. Nothing else differs.',
  tooEarly: 'Step {step, number}: too early to tell the nets apart.',
  noGap:
    'After {step, number} steps errors range from <first>{low, number, ::.0}%</first> ({best}) to <second>{high, number, ::.0}%</second> ({worst}); no lead of {gap} points has lasted the past {past} steps.',
  range:
    'After {step, number} steps errors range from <first>{low, number, ::.0}%</first> ({best}) to <second>{high, number, ::.0}%</second> ({worst}).',
  surgery:
    '{when, select, same {} other {At step {step, number} }}<net>{name}</net> {deed, select, got {got its shortcuts} back {got its shortcuts back} other {lost its shortcuts}}: {earlier, select, known {{before, number, ::.0}% then, <now>{error, number, ::.0}%</now> now} other {<now>{error, number, ::.0}%</now> now}}.',
  changed:
    'Since step {step, number} <net>{name}</net> has {has, select, all {all {count} shortcuts} none {none of its {count} shortcuts} other {{open} of its {count} shortcuts}}{strength, select, one {} other {, not all at strength 1}}: {earlier, select, known {{before, number, ::.0}% then, <now>{error, number, ::.0}%</now> now} other {<now>{error, number, ::.0}%</now> now}}.',
  fromNextStep:
    'From the next step on <net>{name}</net> has {has, select, all {all {count} shortcuts} none {none of its {count} shortcuts} other {{open} of its {count} shortcuts}}{strength, select, one {} other {, not all at strength 1}}{earlier, select, known {: <now>{error, number, ::.0}%</now> so far} other {}}.',
  folded:
    'After step {step, number} <net>{name}</net> was folded out of {of}: one plain layer in place of several branches, with the same answers. {earlier, select, known {{before, number, ::.0}% then, <now>{error, number, ::.0}%</now> now} other {<now>{error, number, ::.0}%</now> now}}.',
  moreSurgery: 'The shortcuts of {count, plural, one {# more net} other {# more nets}} were changed.',
  errors: 'Wrong after {step, number} steps: {nets}.',
  netError: '{name} {error, number, ::.0}%',
  netErrorRange: '{name} {error, number, ::.0}% ({low, number, ::.0} to {high, number, ::.0})',
  labelWithShortcuts:
    '{name}, now with {has, select, all {all {count} shortcuts} none {none of its {count} shortcuts} other {{open} of its {count} shortcuts}}{strength, select, one {} other {, not all at strength 1}}',
  diverged: '{nets} diverged and {count, plural, one {is} other {are}} not compared.',
  weightsKept:
    'Weights were kept. Means of the last {window} batches, so a change needs {window} steps to show in full.',
  planned:
    'Planned: {name} {deed, select, got {gets its shortcuts} back {gets its shortcuts back} lost {loses its shortcuts} other {has {count, plural, one {# shortcut} other {# shortcuts}} changed}} at step {step, number}.',
  seeds:
    '{seeds, plural, =1 {One seed} other {Means of # seeds}}, {when, select, running {early in training; the result can still change} early {early in training} other {after {step, number} steps}}.',
  paperGap:
    'In the paper, after full training, plain-56 is a few points behind plain-20; plain-110 hardly learns (error above 60%).',
  guessing:
    'No curve yet{learned, select, nothing {: nothing has been learned} other {}}. A net that always says “{answer}” would be wrong {error, number, ::.0}% of the time.',

  // Events in the curves, also announced
  mark: '{lane}: shortcut {block} {what, select, cut {cut} mend {restored} add {added} remove {removed} other {at strength {gain}}}',
  markMany:
    '{lane}: {blocks} shortcuts {what, select, cut {cut} mend {restored} add {added} remove {removed} other {changed}}',
  markAll: '{lane}: all shortcuts {what, select, cut {off} other {on}}',
  markDrop: 'rate ÷ {factor}',
  markBranch: '{lane} branched off',
  markFold: '{lane} branched off, its branches folded',
  markWarm: 'warm-up ends',
  markWait: 'waits at step {step, number}',
  baseline: 'always “{answer}”',
  curvesHint: 'The curves grow here as the nets learn.',

  // Announced to screen readers
  started: 'Training started.',
  goesOn: 'Training continues from step {step, number}.',
  paused: 'Paused at step {step, number}.',
  ended: 'Training ended at step {step, number}.',
  errorsNow: 'Training error: {nets}.',
  errorsBetween: 'Training error from {low, number, ::.0}%, {best}, to {high, number, ::.0}%, {worst}.',
  happened: '{what} at step {step, number}.',
  netDiverged: '{name} diverged at step {step, number}.',
  openedNets: 'At step {step, number}: {nets}.',
  openedMany: '{count, number} nets at step {step, number}.',

  // A race that was reset or replaced
  replaced: '{race, select, same {Race reset} other {Race replaced}}',
  dismiss: 'Dismiss',

  // Devices, and those that were lost
  threads: '{count, plural, one {# thread} other {# threads}}',
  threadsOf: '{used, number} of {count, plural, one {# thread} other {# threads}}',
  device: '{backend}: {adapter}',
  deviceWith: '{backend}: {adapter}, {simd, select, relaxed {relaxed SIMD} other {plain SIMD}}',
  simdNote:
    '{simd, select, relaxed {Relaxed SIMD rounds a multiplication and an addition once. Browsers without it compute curves that differ in their last bits.} other {This browser has no relaxed SIMD, which rounds a multiplication and an addition once: curves differ in their last bits from those of browsers that have it.}}',
  computedWith: '{backend} with {simd, select, relaxed {relaxed SIMD} other {plain SIMD}}',
  resumedElsewhere:
    'The race was computed on {before} up to step {step, number} and continues on {now}: its last bits may differ from those of an uninterrupted race.',
  comparedAcross: 'Computed on {devices}: even where nothing else differs, the last bits may.',
  deviceLost: 'The device was lost',
  workerWounded: 'An error in the training worker',
  workerEnded: 'The training worker ended',
  deviceTaken:
    '{reason, select, none {The browser took {lost} away.} other {{lost} says: “{message}”.}} The race continues from step {step, number}, on {device}.',
  deviceTakenForGood:
    '{reason, select, none {The browser took {lost} away.} other {{lost} says: “{message}”.}} {lost} is no longer used: {why}. The race continues from step {step, number}, on {device}.',
  workerLost:
    '{reason, select, none {The browser does not say why.} other {It says: “{message}”.}} {training, select, yes {Training} other {The race}} continues from step {step, number} in a new worker; {lost, plural, =0 {nothing was lost} one {# step was lost} other {# steps were lost}}.',
} as const;
