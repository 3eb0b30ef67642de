import type { Family } from '../spec/net.ts';
import { percent } from './format.ts';

/** What the story needs of a lane: its mean error now and over the last steps, newest last. */
export interface StoryLane {
  readonly name: string;
  readonly family: Family;
  readonly depth: number;
  /** Depths are compared within one design. */
  readonly design?: string | undefined;
  readonly errors: readonly number[];
}

/** A piece of the story's sentence; `lane` gives it that net's colour. */
export interface StoryPart {
  readonly text: string;
  readonly lane?: string;
}

/** A gap counts when it was at least this many points all the time that `errors` cover. */
const GAP = 5;

const last = ({ errors }: StoryLane) => errors.at(-1) ?? Number.NaN;

/** By how many points `worse` was behind `better` when it was least so. */
function leastGap(worse: StoryLane, better: StoryLane): number {
  return Math.min(...worse.errors.map((error, index) => error - (better.errors[index] ?? Number.NaN)));
}

function extremes(lanes: readonly StoryLane[]) {
  const byDepth = lanes.toSorted((a, b) => a.depth - b.depth);
  const [shallow, deep] = [byDepth[0], byDepth.at(-1)];
  return shallow !== undefined && deep !== undefined && deep.depth > shallow.depth ? { shallow, deep } : null;
}

const number = (lane: StoryLane): StoryPart => ({ text: `${percent(last(lane))}%`, lane: lane.name });
const name = (lane: StoryLane): StoryPart => ({ text: lane.name, lane: lane.name });
const words = (text: string): StoryPart => ({ text });

/**
 * What the race shows, in a sentence, after `step` steps. It speaks only of gaps that held for as long as `errors`
 * look back; before that it says so.
 */
export function story(step: number, lanes: readonly StoryLane[]): readonly StoryPart[] {
  if (step === 0) return [words('Press Train. All nets see the same images in the same order.')];
  if (lanes.length < 2) return [words('One net races alone. Add another to compare it with.')];
  const plain = lanes.filter(({ family }) => family === 'plain');
  const residual = lanes.filter(({ family }) => family === 'residual');
  const twinOf = (one: StoryLane) => residual.find(({ depth, design }) => depth === one.depth && design === one.design);
  const designs = [...new Set(plain.map(({ design }) => design))];
  const deeper = designs
    .map((design) => extremes(plain.filter((lane) => lane.design === design)))
    .find((each) => each !== null && leastGap(each.deep, each.shallow) >= GAP);
  if (deeper) {
    const { deep, shallow } = deeper;
    const more = deep.depth - shallow.depth;
    const twin = twinOf(deep);
    const worse = [
      words(`After ${step} steps, ${more} more layers made the plain net worse: `),
      number(deep),
      words(' training error against '),
      number(shallow),
      words('.'),
    ];
    if (twin === undefined || leastGap(deep, twin) < GAP) return worse;
    return [...worse, words(` With shortcuts, the same ${deep.depth} layers reach `), number(twin), words('.')];
  }
  for (const one of plain) {
    const twin = twinOf(one);
    if (twin !== undefined && leastGap(one, twin) >= GAP) {
      return [
        words(`After ${step} steps, the twins have parted: `),
        name(one),
        words(' is at '),
        number(one),
        words(' training error, '),
        name(twin),
        words(' at '),
        number(twin),
        words('.'),
      ];
    }
  }
  const [best, worst] = [
    lanes.toSorted((a, b) => last(a) - last(b))[0],
    lanes.toSorted((a, b) => last(b) - last(a))[0],
  ];
  if (best === undefined || worst === undefined || step < 60)
    return [words(`Step ${step}: too early to tell the nets apart.`)];
  return [
    words(`After ${step} steps no gap of ${GAP} points has held: from `),
    number(best),
    words(' ('),
    name(best),
    words(') to '),
    number(worst),
    words(' ('),
    name(worst),
    words(').'),
  ];
}

/** The line under the story: what a sentence about a few hundred steps must be read with. */
export function storyFootnote(answer: string, baseline: number, seeds = 1): string {
  const of = seeds > 1 ? `Means of ${seeds} seeds` : 'One seed';
  return `${of}, early in training; always answering “${answer}” is wrong ${percent(baseline)}% of the time. The paper’s gap, after full training, is far smaller.`;
}
