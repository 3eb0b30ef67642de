import { meanNow } from '../../../charts/series/running-mean.ts';
import { type GainChange, gainsAt } from '../../../core/experiment/experiment.ts';
import { surgeryEvents } from '../curves/marks.ts';
import { seriesOf } from '../curves/series.ts';
import type { LabState } from '../state.ts';
import { ANNOUNCED, type NetError } from './announcements.ts';

/** As the numbers of the lanes. */
const MEAN_OF = 30;

/**
 * What is said aloud of a change of the page's state, or null. Spoken are the start, a pause and the end of training,
 * surgery that took effect, a net that diverged and a race that was opened; never a report of training as such, of which
 * there are ten a second.
 */
export function announcement(before: LabState, now: LabState): string | null {
  if (now.race !== before.race) {
    // The first race is the page itself, which is read from the top.
    return before.race === 0 ? null : ANNOUNCED.opened(now.experiment.lanes.map(({ name }) => name));
  }
  const sentences = [...surgery(before, now), ...divergences(before, now), ...transport(before, now)];
  return sentences.length === 0 ? null : sentences.join(' ');
}

function transport(before: LabState, now: LabState): readonly string[] {
  if (now.training === before.training) return [];
  if (now.training) return [ANNOUNCED.started(now.step)];
  return [(now.step >= now.experiment.until ? ANNOUNCED.ended : ANNOUNCED.paused)(now.step, netErrors(now))];
}

function netErrors({ experiment, curves }: LabState): readonly NetError[] {
  return experiment.lanes.map((lane) => {
    const curve = curves.get(lane.name);
    return { name: lane.name, error: curve === undefined ? null : meanNow(seriesOf(experiment, lane, curve), MEAN_OF) };
  });
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
  return surgeryEvents(changes).map(({ text, step }) => ANNOUNCED.surgery(text, step));
}

function divergences(before: LabState, now: LabState): readonly string[] {
  return [...now.curves].flatMap(([name, { divergedAt }]) => {
    const was = before.curves.get(name)?.divergedAt ?? null;
    return divergedAt === null || was !== null ? [] : [ANNOUNCED.diverged(name, divergedAt)];
  });
}
