import { formatNumber } from '../../core/format.ts';
import { operationTitle } from '../../core/net/node.ts';
import type { SlowForward } from '../../core/results/slow-round.ts';

/** The words of slow motion. */
export const SLOW = {
  title: 'Slow motion',
  hint: 'One round, instruction by instruction',
  ofStep: (step: number) => `step ${step}, as the engine ran it`,
  controls: 'Round in slow motion',
  play: 'Play',
  pause: 'Pause',
  back: 'Back',
  next: 'Next',
  another: 'Next round',
  anotherHint: 'Makes one more round and shows it',
  close: 'Close slow motion',
  speed: 'Speed of slow motion',
  speedOf: (pace: number) => `${pace} a second`,
  moment: 'Moment of the round',
  momentOf: (at: number, of: number, phase: string) => `${at} of ${of}, ${phase}`,
  phases: { forward: 'Forward', loss: 'Loss', backward: 'Backward', update: 'Update' },
  about: {
    forward:
      'The batch goes through the nets from left to right. Bars: the size of what each part gives out, as a root mean square.',
    loss: 'Each net’s answers are compared with the right ones.',
    backward: 'The gradient of the loss goes back from right to left. Bars: its norm by the weights of each part.',
    update:
      'Every weight moves against its gradient, with momentum. Bars: the change of each part’s weights as a share of their size.',
  },
  scale: 'All bars of a phase are on one logarithmic scale.',
  place: (place: number, places: number) => (place === 0 ? 'stem' : place === places - 1 ? 'head' : `block ${place}`),
  waits: 'waits for deeper nets',
  lossOf: (loss: number, error: number) => `${formatNumber(loss)} nats, ${formatNumber(error)}% wrong`,
  diverged: 'not a finite number: this net has diverged',
  largest: (share: number, place: string) => `changes by up to ${formatNumber(100 * share)}%, most in: ${place}`,
  value: formatNumber,
  gives: 'gives out',
  signal: 'gradient here',
  weights: 'by weights',
} as const;

/** "normalisation + 1 · shortcut, ReLU": an instruction in words. `gain` is that of the shortcut it adds, if any. */
export function instructionWords(
  { op, output, relu }: Pick<SlowForward, 'op' | 'output' | 'relu'>,
  gain: number | null,
): string {
  const where = output.includes('.shortcut.') ? 'shortcut: ' : '';
  const sum = gain === null ? '' : ` + ${formatNumber(gain)} · shortcut`;
  return `${where}${operationTitle(op)}${sum}${relu ? ', ReLU' : ''}`;
}
