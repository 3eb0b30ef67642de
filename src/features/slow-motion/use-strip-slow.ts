import { extent, scaleLog } from 'd3';
import { useMemo } from 'react';
import { formatNumber } from '../../core/format.ts';
import type { SlowRound } from '../../core/results/slow-round.ts';
import { useSlowState } from '../use-stores.ts';
import { isKnown, type Phase, placeAt, placesOf, valuesOf } from './slow-moments.ts';

/** A round in slow motion, as far as one net's strip shows it. Places: 0 the stem, then the blocks, then the head. */
export interface StripSlow {
  /** Where it is; `all` when it is everywhere at once, null when it is nowhere. */
  readonly lit: number | 'all' | null;
  /** By place, what is known so far: a height in 0 .. 1, and the number where it is to be written. */
  readonly bars: readonly ({ readonly share: number; readonly text: string | null } | null)[];
}

/** The lowest bar that is not 0. */
const LEAST_SHARE = 0.08;

/** The bars of a net's strip at the moment that slow motion shows; null when it is closed. */
export function useStripSlow(lane: string): StripSlow | null {
  const round = useSlowState((state) => state.round);
  const moment = useSlowState((state) => state.moments[state.at]);
  return useMemo(() => {
    const step = round?.steps.find((each) => each.lane === lane);
    if (round === null || step === undefined || moment === undefined) return null;
    if (moment.phase === 'loss') {
      const head = placesOf(step) - 1;
      return { lit: head, bars: [...Array<null>(head).fill(null), { share: 0, text: formatNumber(step.loss) }] };
    }
    const share = phaseScale(round, moment.phase);
    const values = valuesOf(step, moment.phase);
    const here = placeAt(step, moment);
    const most = values.indexOf(Math.max(...values.filter(Number.isFinite)));
    const last = moment.nth >= placesOf(step) - 1;
    return {
      lit: moment.phase === 'update' ? 'all' : here,
      bars: values.map((value, place) => {
        if (!isKnown(step, place, moment) || Number.isNaN(value)) return null;
        const written = place === here || (place === most && (last || moment.phase === 'update'));
        return { share: share(value), text: written ? formatNumber(value) : null };
      }),
    };
  }, [round, moment, lane]);
}

/** Values of a phase to 0 .. 1, on one logarithmic scale for all nets. */
function phaseScale({ steps }: SlowRound, phase: Phase): (value: number) => number {
  const values = steps.flatMap((step) => valuesOf(step, phase)).filter((value) => value > 0 && Number.isFinite(value));
  const [low = 1, high = 1] = extent(values);
  const scale = scaleLog([low, high === low ? low * 10 : high], [LEAST_SHARE, 1]);
  return (value) => (value > 0 ? Math.min(1, scale(value)) : value === 0 ? 0 : 1);
}
