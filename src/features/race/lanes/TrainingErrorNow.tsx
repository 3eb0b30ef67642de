import { type StoreApi, useStore } from 'zustand';
import { meanNow } from '../../../charts/series/running-mean.ts';
import { percent } from '../../../core/format.ts';
import { say } from '../../../language/say.ts';
import type { LabState } from '../../lab/state.ts';

/** The steps that the number of a lane is averaged over, so that it can be read while it moves. */
export const NUMBER_WINDOW = 30;

/** A lane's mean training error over its last steps, in percent; null before the first. */
export function errorNow({ curves }: Pick<LabState, 'curves'>, name: string): number | null {
  const curve = curves.get(name);
  return curve === undefined ? null : meanNow(curve, NUMBER_WINDOW);
}

/** The number of a lane. Its name stands in the head of its column, which a screen reader does not connect with it. */
export function TrainingErrorNow({ store, name }: { readonly store: StoreApi<LabState>; readonly name: string }) {
  const error = useStore(store, (state) => errorNow(state, name));
  return (
    <>
      <span aria-hidden="true" translate="no">
        {percent(error)}
      </span>
      <span className="vh">
        {error === null ? say('race.noTrainingError') : say('race.trainingError', { percent: percent(error) })}
      </span>
    </>
  );
}
