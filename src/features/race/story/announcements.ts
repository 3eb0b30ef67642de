import { percent } from '../../../core/format.ts';

/** A net and its mean training error; null where nothing is measured yet. */
export interface NetError {
  readonly name: string;
  readonly error: number | null;
}

/** More nets than this are summed up by the best and the worst. */
const MOST_NETS = 4;

/** The sentences that a screen reader hears while it is elsewhere on the page. */
export const ANNOUNCED = {
  started: (step: number) => (step === 0 ? 'Training started.' : `Training goes on from step ${step}.`),
  paused: (step: number, nets: readonly NetError[]) => `Paused at step ${step}. ${errors(nets)}`.trim(),
  ended: (step: number, nets: readonly NetError[]) => `Training ended at step ${step}. ${errors(nets)}`.trim(),
  surgery: (what: string, step: number) => `${what} at step ${step}.`,
  diverged: (net: string, step: number) => `${net} diverged at step ${step}.`,
  opened: (nets: readonly string[]) =>
    nets.length > MOST_NETS ? `${nets.length} nets at step 0.` : `At step 0: ${nets.join(', ')}.`,
} as const;

/** "Training error: plain-8 41.6, ResNet-32 45.3 percent." */
function errors(nets: readonly NetError[]): string {
  const measured = nets.flatMap(({ name, error }) => (error === null ? [] : [{ name, error }]));
  if (measured.length <= MOST_NETS) {
    const each = measured.map(({ name, error }) => `${name} ${percent(error)}`).join(', ');
    return each === '' ? '' : `Training error: ${each} percent.`;
  }
  const ranked = measured.toSorted((a, b) => a.error - b.error);
  const [best, worst] = [ranked[0], ranked.at(-1)];
  if (best === undefined || worst === undefined) return '';
  return `Training error from ${percent(best.error)} percent, ${best.name}, to ${percent(worst.error)} percent, ${worst.name}.`;
}
