import type { Mark } from '../../../charts/series/series.ts';
import type { Experiment, GainChange, LaneSpec } from '../../../core/experiment/experiment.ts';
import { builtWith } from '../../../core/experiment/lasting-gains.ts';
import { branchStep, lastFold, type NetWithLineage, phaseAt } from '../../../core/experiment/lineage.ts';
import { makeNet } from '../../../core/net/net.ts';
import { commaJoined } from '../../../language/joining.ts';
import { say } from '../../../language/say.ts';

function kindOf({ gain }: GainChange): 'cut' | 'mend' | 'gain' {
  return gain === 0 ? 'cut' : gain === 1 ? 'mend' : 'gain';
}

/** Shortcuts that a net did not begin with are added and removed, not mended and cut. */
const PLAIN_WORDS = { cut: 'remove', mend: 'add', gain: 'gain' } as const;

/** What was done to these shortcuts, as the messages choose their words. */
function deedOf(changes: readonly GainChange[], kind: ReturnType<typeof kindOf>, lane: NetWithLineage) {
  const begun = new Set(changes.map(({ block, step }) => builtWith(lane, block, step)));
  const [first] = begun;
  if (begun.size === 1 && first === 0) return PLAIN_WORDS[kind];
  // Only what began with gain 1 is mended by it.
  return kind === 'mend' && (begun.size > 1 || first !== 1) ? 'gain' : kind;
}

/** In place of a lane that is there no more. */
const NOWHERE: NetWithLineage = { net: makeNet('residual', 8) };

/** What is written beside changes of one kind to one lane at one step. */
function textOf(changes: readonly GainChange[], kind: ReturnType<typeof kindOf>, spec: NetWithLineage): string {
  const [first] = changes;
  if (first === undefined) return '';
  const { lane, block, gain, step } = first;
  const what = deedOf(changes, kind, spec);
  if (changes.length === 1) return say('story.mark', { lane, what, block, gain });
  const isWhole = kind !== 'gain' && changes.length === phaseAt(spec, step).net.gains.length;
  return isWhole
    ? say('story.markAll', { lane, what: kind })
    : say('story.markMany', { lane, what, blocks: changes.length });
}

/** Changes of one kind to `count` shortcuts of one lane at one step. */
export interface SurgeryEvent extends Mark {
  readonly lane: string;
  readonly count: number;
}

/** Changes of one kind to one lane at one step are one event, in words. */
export function surgeryEvents(changes: readonly GainChange[], lanes: readonly LaneSpec[]): readonly SurgeryEvent[] {
  const together = new Map<string, GainChange[]>();
  for (const change of changes) {
    const key = `${change.step}/${change.lane}/${kindOf(change)}`;
    together.set(key, [...(together.get(key) ?? []), change]);
  }
  return [...together.values()].flatMap((same) => {
    const [first] = same;
    if (first === undefined) return [];
    const { step, lane } = first;
    const spec = lanes.find(({ name }) => name === lane) ?? NOWHERE;
    return [{ step, lane, kind: kindOf(first), count: same.length, text: textOf(same, kindOf(first), spec) }];
  });
}

/** Surgery of later steps: a mark per step and net. */
function plannedMarks(surgery: readonly GainChange[], lanes: readonly LaneSpec[], step: number): readonly Mark[] {
  const later = surgery.filter((change) => change.step > step);
  return surgeryEvents(later, lanes).map(({ lane, ...mark }) => {
    const blocks = lanes.find(({ name }) => name === lane)?.net.gains.length;
    const isWhole = mark.count === blocks && mark.kind !== 'gain';
    const key = mark.kind === 'cut' ? 'charts.plannedOff' : 'charts.plannedOn';
    const text = isWhole ? say(key, { net: lane }) : say('charts.planned', { event: mark.text });
    return { step: mark.step, kind: mark.kind, text, planned: true };
  });
}

/**
 * The events of a race up to a step, surgery and the schedule, in one mark where they fell together; and surgery that is
 * planned for later, with the step at which training will wait.
 */
export function marksOf(
  { lanes, surgery, recipe }: Experiment,
  step: number,
  waitAt: number | null = null,
): readonly Mark[] {
  const branchedAt = (name: string) => branchStep(lanes.find((lane) => lane.name === name) ?? NOWHERE);
  // What a branch was while it was another lane is marked there.
  const own = surgery.filter(({ lane, step: at }) => at >= branchedAt(lane));
  const marks = new Map<number, Mark>();
  const add = (mark: Mark) => {
    const here = marks.get(mark.step);
    if (mark.step <= step) {
      marks.set(mark.step, here === undefined ? mark : { ...here, text: commaJoined([here.text, mark.text]) });
    }
  };
  for (const { step: at, kind, text } of surgeryEvents(own, lanes)) add({ step: at, kind, text });
  for (const lane of lanes) {
    if (lane.origin === undefined) continue;
    const text = lastFold(lane)?.step === branchStep(lane) ? 'story.markFold' : 'story.markBranch';
    add({ step: branchStep(lane), kind: 'branch', text: say(text, { lane: lane.name }) });
  }
  const { warmUp } = recipe;
  // Until the warm-up ends, the rate is its own, whatever drops.
  for (const drop of recipe.drops)
    add({
      step: Math.max(drop.step, warmUp?.steps ?? 0),
      kind: 'drop',
      text: say('story.markDrop', { factor: drop.by }),
    });
  if (warmUp !== null) add({ step: warmUp.steps, kind: 'drop', text: say('story.markWarm') });
  const wait: readonly Mark[] =
    waitAt === null || waitAt < step
      ? []
      : [{ step: waitAt, kind: 'wait', text: say('story.markWait', { step: waitAt }), planned: true }];
  return [...marks.values(), ...plannedMarks(own, lanes, step), ...wait].sort((a, b) => a.step - b.step);
}
