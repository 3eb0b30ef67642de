import type { Mark } from '../../charts/series.ts';
import type { Experiment, GainChange } from '../../spec/experiment.ts';
import { MARK_TEXT } from '../../text/marks.ts';

function kindOf({ gain }: GainChange): 'cut' | 'mend' | 'gain' {
  return gain === 0 ? 'cut' : gain === 1 ? 'mend' : 'gain';
}

/** What is written beside changes of one kind to one lane at one step. */
function textOf(changes: readonly GainChange[], kind: ReturnType<typeof kindOf>): string {
  const [{ lane, block, gain }] = [changes[0] ?? { lane: '', block: 0, gain: 0 }];
  if (changes.length === 1) return kind === 'gain' ? MARK_TEXT.gain(lane, block, gain) : MARK_TEXT[kind](lane, block);
  return MARK_TEXT[`${kind}Many`](lane, changes.length);
}

/** The events of a race up to a step: surgery, one mark for all that was done to a lane at once, and the schedule. */
export function marksOf({ surgery, recipe }: Experiment, step: number): readonly Mark[] {
  const together = new Map<string, GainChange[]>();
  for (const change of surgery) {
    if (change.step > step) continue;
    const key = `${change.step}/${change.lane}/${kindOf(change)}`;
    together.set(key, [...(together.get(key) ?? []), change]);
  }
  const marks: Mark[] = [...together.values()].flatMap((changes) => {
    const [first] = changes;
    return first === undefined ? [] : [{ step: first.step, kind: kindOf(first), text: textOf(changes, kindOf(first)) }];
  });
  for (const drop of recipe.drops) {
    if (drop.step <= step) marks.push({ step: drop.step, kind: 'drop', text: MARK_TEXT.drop(drop.by) });
  }
  const { warmUp } = recipe;
  if (warmUp !== null && warmUp.steps <= step) marks.push({ step: warmUp.steps, kind: 'drop', text: MARK_TEXT.warm });
  return marks.toSorted((a, b) => a.step - b.step);
}
