import type { Place, SlowRound, SlowStep } from '../../core/results/slow-round.ts';

export const PHASES = ['forward', 'loss', 'backward', 'update'] as const;
export type Phase = (typeof PHASES)[number];

/** One frame of a round in slow motion: all nets are in the same phase, and equally far in it. */
export interface Moment {
  readonly phase: Phase;
  /** Places that were passed before in this phase, from the stem forward and from the head back. */
  readonly nth: number;
}

/** The moments of a round. The deepest net decides how many there are; the others wait for it. */
export function momentsOf({ steps }: SlowRound): readonly Moment[] {
  const most = Math.max(0, ...steps.map(placesOf));
  const way = (phase: Phase) => Array.from({ length: most }, (_, nth): Moment => ({ phase, nth }));
  return [...way('forward'), { phase: 'loss', nth: 0 }, ...way('backward'), { phase: 'update', nth: 0 }];
}

/** Stem, blocks and head. */
export function placesOf({ forward }: SlowStep): number {
  return 1 + Math.max(0, ...forward.map(({ place }) => place));
}

/** The place that a net computes at a moment; null in the loss and the update, or while it waits for deeper nets. */
export function placeAt(step: SlowStep, { phase, nth }: Moment): Place | null {
  const places = placesOf(step);
  if (nth >= places || phase === 'loss' || phase === 'update') return null;
  return phase === 'forward' ? nth : places - 1 - nth;
}

/**
 * A number for each place, NaN if there is none. Forward: the root mean square of its output; backward: the norm of the
 * gradient of its weights; update: the change of its weights as a share of their norm. Loss: none.
 */
export function valuesOf(step: SlowStep, phase: Phase): readonly number[] {
  return Array.from({ length: placesOf(step) }, (_, place) => {
    const here = (each: { readonly place: Place }) => each.place === place;
    switch (phase) {
      case 'forward':
        return step.forward.findLast(here)?.size ?? Number.NaN;
      case 'backward':
        return together(step.backward.filter(here).flatMap(({ weights }) => weights ?? []));
      case 'update': {
        const own = step.update.filter(here);
        return together(own.map(({ change }) => change)) / together(own.map(({ before }) => before));
      }
      case 'loss':
        return Number.NaN;
      default:
        return phase satisfies never;
    }
  });
}

/** Whether a net's value at this place is known at a moment. */
export function isKnown(step: SlowStep, place: Place, { phase, nth }: Moment): boolean {
  if (phase === 'forward') return place <= nth;
  if (phase === 'backward') return placesOf(step) - 1 - place <= nth;
  return phase === 'update';
}

/** The norm of several tensors together, from their norms. */
function together(norms: readonly number[]): number {
  return norms.length === 0 ? Number.NaN : Math.hypot(...norms);
}
