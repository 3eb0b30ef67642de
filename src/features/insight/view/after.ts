import { INSIDE } from '../strings.ts';

/** "after 150 steps", or between which where the nets were measured one after the other in training. */
export function afterSteps(steps: readonly number[]): string {
  if (steps.length === 0) return '';
  const [from, to] = [Math.min(...steps), Math.max(...steps)];
  return from === to ? INSIDE.after(to) : INSIDE.afterBetween(from, to);
}

/** The same, and what the pale lines are. */
export function afterAndBefore(
  measured: readonly { readonly now: { readonly step: number }; readonly before: { readonly step: number } | null }[],
): string {
  const before = measured.flatMap((each) => each.before?.step ?? []);
  const now = afterSteps(stepsOf(measured));
  return before.length === 0 ? now : INSIDE.pale(now, Math.min(...before));
}

/** The steps that results are of. */
export function stepsOf(measured: readonly { readonly now: { readonly step: number } }[]): readonly number[] {
  return measured.map(({ now }) => now.step);
}
