import type { Mark } from '../../../charts/series/series.ts';
import type { Experiment, GainChange } from '../../../core/experiment/experiment.ts';
import { branchStep, type NetWithPast } from '../../../core/experiment/origin.ts';
import { makeNet } from '../../../core/net/net.ts';
import { MARK_TEXT } from '../story/marks.ts';

function kindOf({ gain }: GainChange): 'cut' | 'mend' | 'gain' {
  return gain === 0 ? 'cut' : gain === 1 ? 'mend' : 'gain';
}

/** What is written beside changes of one kind to one lane at one step. */
function textOf(changes: readonly GainChange[], kind: ReturnType<typeof kindOf>): string {
  const [first] = changes;
  if (first === undefined) return '';
  const { lane, block, gain } = first;
  if (changes.length > 1) return MARK_TEXT[`${kind}Many`](lane, changes.length);
  return kind === 'gain' ? MARK_TEXT.gain(lane, block, gain) : MARK_TEXT[kind](lane, block);
}

/** Changes of one kind to one lane at one step are one event, in words. */
export function surgeryEvents(changes: readonly GainChange[]): readonly Mark[] {
  const together = new Map<string, GainChange[]>();
  for (const change of changes) {
    const key = `${change.step}/${change.lane}/${kindOf(change)}`;
    together.set(key, [...(together.get(key) ?? []), change]);
  }
  return [...together.values()].flatMap((same) => {
    const [first] = same;
    return first === undefined ? [] : [{ step: first.step, kind: kindOf(first), text: textOf(same, kindOf(first)) }];
  });
}

const NOWHERE: NetWithPast = { net: makeNet('plain', 8) };

/** The events of a race up to a step: surgery and the schedule, in one mark where they fell together. */
export function marksOf({ lanes, surgery, recipe }: Experiment, step: number): readonly Mark[] {
  const branchedAt = (name: string) => branchStep(lanes.find((lane) => lane.name === name) ?? NOWHERE);
  // What a branch was while it was another lane is marked there.
  const own = surgery.filter(({ lane, step: at }) => at >= branchedAt(lane));
  const marks = new Map<number, Mark>();
  const add = (mark: Mark) => {
    const here = marks.get(mark.step);
    if (mark.step <= step) {
      marks.set(mark.step, here === undefined ? mark : { ...here, text: `${here.text}, ${mark.text}` });
    }
  };
  for (const event of surgeryEvents(own)) add(event);
  for (const lane of lanes) {
    if (lane.origin !== undefined) add({ step: branchStep(lane), kind: 'branch', text: MARK_TEXT.branch(lane.name) });
  }
  for (const drop of recipe.drops) add({ step: drop.step, kind: 'drop', text: MARK_TEXT.drop(drop.by) });
  const { warmUp } = recipe;
  if (warmUp !== null) add({ step: warmUp.steps, kind: 'drop', text: MARK_TEXT.warm });
  return [...marks.values()].sort((a, b) => a.step - b.step);
}
