import { meanNow } from '../../../charts/series/running-mean.ts';
import { type GainChange, gainsAt } from '../../../core/experiment/experiment.ts';
import { sentencesJoined } from '../../../language/joining.ts';
import { listed, say } from '../../../language/say.ts';
import { isOver } from '../../lab/curve.ts';
import type { LabState } from '../../lab/state.ts';
import { surgeryEvents } from '../curves/marks.ts';
import { STORY_WINDOW } from './claim.ts';
import { levelLanes } from './story-race.ts';

/** More nets than this are summed up by the best and the worst. */
const MOST_NETS = 4;

/**
 * What is said aloud of a change of the page's state, or null. Spoken are the start, a pause and the end of training,
 * surgery that took effect, a net that diverged and a race that was opened or resumed; never a report of training as such,
 * of which there are ten a second. Nothing is told of the lanes whose names are `untold`, as the page does not show it either.
 */
export function announcement(earlier: LabState, later: LabState, untold: readonly string[] = []): string | null {
  const [before, now] = [without(earlier, untold), without(later, untold)];
  if (now.race !== before.race) {
    // The first race is the page itself, which is read from the top. One that is resumed gets its steps next.
    return before.race === 0 || now.opening?.isResumed === true ? null : standing(now);
  }
  if (now.openedFrom !== null && before.openedFrom === null) return standing(now);
  const sentences = [...surgery(before, now), ...divergences(before, now), ...transport(before, now)];
  return sentences.length === 0 ? null : sentencesJoined(sentences);
}

function without(state: LabState, untold: readonly string[]): LabState {
  if (untold.length === 0) return state;
  const { experiment } = state;
  const lanes = experiment.lanes.filter(({ name }) => !untold.includes(name));
  return { ...state, experiment: { ...experiment, lanes } };
}

function transport(before: LabState, now: LabState): readonly string[] {
  if (now.training === before.training) return [];
  const { step, curves, experiment } = now;
  if (now.training) return [step === 0 ? say('story.started') : say('story.goesOn', { step })];
  const ended = isOver(curves, experiment.until);
  return [ended ? say('story.ended', { step }) : say('story.paused', { step }), ...errors(now)];
}

/** The step of a race that was opened, and its nets. */
function standing({ step, experiment: { lanes } }: LabState): string | null {
  const count = lanes.length;
  if (count === 0) return null;
  if (count > MOST_NETS) return say('story.openedMany', { count, step });
  return say('story.openedNets', { nets: listed(lanes.map(({ name }) => name)), step });
}

/** The error of each net that the story compares, or the best and the worst of many; nothing before the first step. */
function errors({ experiment, curves }: LabState): readonly string[] {
  const lanes = experiment.lanes.flatMap(({ name }) => {
    const curve = curves.get(name);
    return curve === undefined ? [] : [{ ...curve, diverged: curve.divergedAt === null ? 0 : 1 }];
  });
  const measured = levelLanes(lanes).flatMap((curve) => {
    const error = meanNow(curve, STORY_WINDOW);
    return error === null ? [] : [{ name: curve.lane, error }];
  });
  const ranked = measured.toSorted((a, b) => a.error - b.error);
  const [best, worst] = [ranked[0], ranked.at(-1)];
  if (best === undefined || worst === undefined) return [];
  if (measured.length > MOST_NETS) {
    const values = { low: best.error, best: best.name, high: worst.error, worst: worst.name };
    return [say('story.errorsBetween', values)];
  }
  return [say('story.errorsNow', { nets: listed(measured.map((net) => say('story.netError', net))) })];
}

/** Gains that are in force now and were not before, because the user changed them or their scheduled step has come. */
function surgery(before: LabState, now: LabState): readonly string[] {
  // Nothing else moves a gain.
  if (now.experiment === before.experiment && now.experiment.surgery.length === 0) return [];
  const changes = now.experiment.lanes.flatMap(({ name }): readonly GainChange[] => {
    const [old, step] = [before.curves.get(name)?.begun, now.curves.get(name)?.begun];
    if (old === undefined || step === undefined) return [];
    const was = gainsAt(before.experiment, name, old);
    const gains = gainsAt(now.experiment, name, step);
    // A net that has grown has other blocks.
    if (was.length !== gains.length) return [];
    return gains.flatMap((gain, index) => (gain === was[index] ? [] : [{ step, lane: name, block: index + 1, gain }]));
  });
  return surgeryEvents(changes, now.experiment.lanes).map(({ text, step }) =>
    say('story.happened', { what: text, step }),
  );
}

function divergences(before: LabState, now: LabState): readonly string[] {
  // Nets that are covered have left the experiment, and keep their curves.
  return now.experiment.lanes.flatMap(({ name }) => {
    const [was, divergedAt] = [before, now].map(({ curves }) => curves.get(name)?.divergedAt ?? null);
    return typeof divergedAt !== 'number' || was !== null ? [] : [say('story.netDiverged', { name, step: divergedAt })];
  });
}
