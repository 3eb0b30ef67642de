import type { GainChange } from '../../core/experiment/experiment.ts';
import type { LabState, ReplacedRace } from './state.ts';

/** What `undo` needs to restore the present race; null if it has no steps to lose, or cannot be restored. */
export function replacedRace(state: LabState): ReplacedRace | null {
  const { experiment, plan, backend, until, step, curves, predictions, race, copy } = state;
  const begun = new Map([...curves.values()].map((curve) => [curve.lane, curve.begun]));
  const trained = [...begun].filter(([, steps]) => steps > 0);
  if (!state.open || (trained.length === 0 && isEqual(experiment.surgery, plan))) return null;
  // The worker copies a race before it opens another. A copy that is not of this step would not be the same race.
  const snapshot = new Map([...(copy?.snapshot ?? [])].filter(([lane]) => (begun.get(lane) ?? 0) > 0));
  if (!trained.every(([lane, steps]) => snapshot.get(lane)?.steps === steps)) return null;
  return { experiment, plan, backend, until, step, curves, predictions, race, snapshot };
}

function isEqual(a: readonly GainChange[], b: readonly GainChange[]): boolean {
  return JSON.stringify(a) === JSON.stringify(b);
}
