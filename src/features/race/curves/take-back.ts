import { shortcutHistory } from '../../../core/experiment/surgery.ts';
import type { Lab } from '../../lab/lab.ts';
import { begunOf } from '../../lab/lane-now.ts';
import type { LabState } from '../../lab/state.ts';

/** The lanes whose last surgery was made by hand and can be taken back, at the latest step at which there was any. */
export function changedLanes(state: Pick<LabState, 'experiment' | 'plan' | 'curves'>): readonly string[] {
  const { experiment, plan } = state;
  const histories = experiment.lanes
    .map((lane) => ({ name: lane.name, ...shortcutHistory(experiment, lane, begunOf(state, lane.name)) }))
    // A net that has grown since has other blocks than those whose gains there were before.
    .filter(({ before, now }) => before.length === now.length);
  const last = Math.max(0, ...histories.map(({ changedAt }) => changedAt ?? 0));
  const isPlanned = (name: string) => plan.some(({ lane, step }) => lane === name && step === last);
  return histories
    .filter(({ name, changedAt, now, first }) => {
      const isAsAtFirst = now.every((gain, index) => gain === first[index]);
      return last > 0 && changedAt === last && !isAsAtFirst && !isPlanned(name);
    })
    .map(({ name }) => name);
}

/** Gives the shortcuts of these lanes the gains that they had before their last surgery. */
export function takeBack({ store, setGains }: Lab, names: readonly string[]): void {
  const state = store.getState();
  const { experiment } = state;
  for (const lane of experiment.lanes.filter(({ name }) => names.includes(name)))
    setGains(lane.name, shortcutHistory(experiment, lane, begunOf(state, lane.name)).before);
}
