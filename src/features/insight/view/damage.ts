import type { LesionErrors, LesionResult, LesionStatistics } from '../../../core/results/lesion.ts';

type Sweep = Extract<LesionResult, { readonly study: 'sweep' }>;
type Random = Extract<LesionResult, { readonly study: 'random' }>;

const errorOf = (errors: LesionErrors, statistics: LesionStatistics) => errors[statistics] ?? Number.NaN;

/** A sweep's errors by block, with one kind of statistics. A swap stands at the first of its blocks. */
export function sweepErrors({ before, bars }: Sweep, statistics: LesionStatistics) {
  return {
    before: errorOf(before, statistics),
    errors: bars.map(({ lesion, errors }) => ({ block: lesion.block, error: errorOf(errors, statistics) })),
  };
}

/** The errors of all trials by number of lesions, with one kind of statistics. */
export function randomErrors({ before, curve }: Random, statistics: LesionStatistics) {
  return {
    before: errorOf(before, statistics),
    curve: curve.map(({ count, trials }) => ({
      count,
      errors: trials.map(({ errors }) => errorOf(errors, statistics)),
    })),
  };
}

/** Mean of what the lesions of a sweep added to the error. */
export function meanDamage({ before, errors }: ReturnType<typeof sweepErrors>): number {
  return errors.reduce((sum, { error }) => sum + (error - before) / errors.length, 0);
}
