export const terminal = {
  // The table of results
  nothing: 'nothing was trained',
  heading: '{data} {size}x{size}, {steps, plural, one {# step} other {# steps}}, {backend} ({adapter})',
  about:
    'Errors in percent. trb: on {training, number} fixed training images with batch statistics; test: on {test, number} fixed test images with running statistics. Always giving the most frequent answer: {majority}.',
  'measure.trb': 'trb',
  'measure.testError': 'test error',
  mean: 'mean',
  seedNumber: 'seed {seed}',
  trbAfter: 'trb after step',
  // The tables of lesions and probes
  lesions: 'lesions: error and jump',
  meanRange: 'mean [min, max]',
  several: 'several lesions: error',
  intact: 'intact',
  probes: 'probes',
  step: 'step',
  ratio: 'stem / last conv, or mean cosine',
  kind: '{kind, select, branch {branch} shortcut {shortcut} swap {swap} reset {reset} other {{kind}}}',
  statistics: '{statistics, select, batch {batch} recalibrated {recalibrated} running {running} other {{statistics}}}',
  probe:
    '{probe, select, gradients {gradients} correlation {correlation} branches {branches} responses {responses} shattering {shattering} paths {paths} landscape {landscape} features {features} other {{probe}}}',
  diverged: '{net} diverged in step {step, number} with seed {seed}.',
} as const;
