import { ConvJob, convUnit } from './conv';
import { FilterGradientJob, filterGradientUnit } from './filter-gradient';
import { MaxPoolJob, maxPoolUnit } from './max-pool';
import { gradientUnit, momentsUnit, NormJob, normaliseUnit, slopesUnit } from './norm';

export const CONV = 0;
export const FILTER_GRADIENT = 1;
export const MOMENTS = 2;
export const NORMALISE = 3;
export const SLOPES = 4;
export const GRADIENT = 5;
export const MAX_POOL = 6;

/** Computes one unit of a job; any thread may call it. `operation` selects the kernel. */
export function perform(operation: i32, job: usize, unit: i32): void {
  switch (operation) {
    case CONV:
      return convUnit(changetype<ConvJob>(job), unit);
    case FILTER_GRADIENT:
      return filterGradientUnit(changetype<FilterGradientJob>(job), unit);
    case MOMENTS:
      return momentsUnit(changetype<NormJob>(job), unit);
    case NORMALISE:
      return normaliseUnit(changetype<NormJob>(job), unit);
    case SLOPES:
      return slopesUnit(changetype<NormJob>(job), unit);
    case GRADIENT:
      return gradientUnit(changetype<NormJob>(job), unit);
    case MAX_POOL:
      return maxPoolUnit(changetype<MaxPoolJob>(job), unit);
  }
}
