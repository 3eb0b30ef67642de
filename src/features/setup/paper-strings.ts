import { count } from '../../core/format.ts';
import { printable } from '../../core/quote.ts';

/** The words around the paper's own recipe. */
export const PAPER_TEXT = {
  button: 'The paper’s recipe…',
  title: 'The paper’s recipe',
  about:
    'Plain and residual at one depth, as section 4.2 has it: 32×32 pixels, width 16, batches of 128, crop and flip, learning rate 0.1 divided by 10 at 32,000 and 48,000 of 64,000 steps.',
  depth: 'Depth',
  warm: 'At 110 layers the first 400 steps are at 0.01.',
  emoji: 'On the emoji that are open now. The paper’s own images are CIFAR-10: give them under Data first.',
  own: (name: string) => `On ${printable(name)}, which is open now.`,
  otherSize: (made: number, size: number) =>
    `Its images are ${made}×${made} and cannot be made 32×32: the nets are given them at ${size}×${size}.`,
  cost: (adds: string) => `${adds} multiply-adds forward, and about twice as many backward.`,
  use: 'Set it up and measure',
  measuring: 'Some rounds are made to see how long one takes; then the race stands at step 0 again…',
  time: (round: string, all: string) =>
    `One round of both nets takes ${round} here: 64,000 take about ${all}. The race is kept as it trains, so it need not be done in one go.`,
  seconds: (value: number) => `${value < 10 ? value.toFixed(value < 1 ? 2 : 1) : Math.round(value)} s`,
  done: 'Done',
} as const;

/** "40 minutes", "9 hours", "12 days". */
export function span(seconds: number): string {
  const units = [
    ['day', 86_400],
    ['hour', 3600],
    ['minute', 60],
  ] as const;
  for (const [unit, length] of units) {
    const many = Math.round(seconds / length);
    if (seconds >= 1.5 * length || unit === 'minute')
      return `${count(Math.max(1, many))} ${unit}${many > 1 ? 's' : ''}`;
  }
  return '';
}
