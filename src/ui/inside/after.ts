import { INSIDE } from '../../text/inside.ts';

/** "after 150 steps", or between which where the nets were measured one after the other in training. */
export function afterSteps(steps: readonly number[]): string {
  if (steps.length === 0) return '';
  const [from, to] = [Math.min(...steps), Math.max(...steps)];
  return from === to ? INSIDE.after(to) : INSIDE.afterBetween(from, to);
}
