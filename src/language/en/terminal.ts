export const terminal = {
  // The table of results
  nothing: 'nothing was trained',
  heading: '{data} {size}x{size}, {steps, plural, one {# step} other {# steps}}, {backend} ({adapter})',
  about:
    'Errors in percent. trb: on 1,000 fixed training images with batch statistics; test: on 500 fixed test images with running statistics. Always giving the most frequent answer: {majority}.',
  trb: 'trb',
  testError: 'test error',
  mean: 'mean',
  seedNumber: 'seed {seed}',
  trbAfter: 'trb after step',
  diverged: '{net} diverged in step {step, number} with seed {seed}.',
} as const;
