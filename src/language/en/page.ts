export const page = {
  title: 'ResNet Playground',
  train: 'Train',
  pause: 'Pause',
  step: 'Step',
  reset: 'Reset',
  speed: 'Speed',
  stepNumber: 'step {step, number}',
} as const;
