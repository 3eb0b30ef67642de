import type { InsightClient } from '../insight/insight-client.ts';
import type { FigureName } from '../insight/probes/probes.ts';
import type { Lab } from '../lab/lab.ts';
import type { SlowMotion } from '../slow-motion/slow-motion.ts';
import type { ChapterDeed } from './chapter.ts';
import type { AskedTraining } from './lesson-state.ts';

/** What deeds are done on. */
export interface DeedParts {
  readonly lab: Pick<Lab, 'store' | 'train' | 'step' | 'setUntil' | 'setGains' | 'branch'>;
  readonly insight: InsightClient;
  readonly slowMotion: Pick<SlowMotion, 'make'>;
  /** Whether a step in slow motion is played at once. Without it, the visitor goes from moment to moment. */
  readonly playsAtOnce: () => boolean;
  /** Brings a section of the page into view. */
  readonly goTo: (section: string) => void;
}

/** What a deed has the lesson do itself. */
interface OwnDeeds {
  readonly measure: (
    quantities: readonly string[],
    figure: FigureName | null,
    view: string | undefined,
  ) => Promise<void>;
  /** Notes that the visitor has come to a section or a figure. */
  readonly reach: (what: string) => void;
}

/** Does the deed of a step, as the visitor could by the page's own controls; of training, one step where that is asked for. */
export function createDeeds(
  { lab, insight, slowMotion, playsAtOnce, goTo }: DeedParts,
  { measure, reach }: OwnDeeds,
): (deed: ChapterDeed, asked: AskedTraining) => Promise<void> {
  /** Whether a net is being grown, of which the worker has not told yet: a second one would join the race. */
  let growing = false;
  const grow = async (lane: string): Promise<void> => {
    if (growing) return;
    growing = true;
    try {
      await lab.branch(lane, 'grown');
    } finally {
      growing = false;
    }
  };
  return async (deed, asked) => {
    switch (deed.type) {
      case 'train':
        if (lab.store.getState().experiment.until !== deed.to) lab.setUntil(deed.to);
        return asked === 'step' ? lab.step(1) : lab.train();
      case 'switch':
        return lab.setGains(deed.lane, deed.gain);
      case 'grow':
        return grow(deed.lane);
      case 'measure':
        return measure(deed.quantities, deed.figure, deed.view);
      case 'look':
        insight.chooseBlock(deed.lane, deed.block);
        insight.pin('features');
        return reach('features');
      case 'slow-motion':
        return slowMotion.make({ play: playsAtOnce() });
      case 'open':
        goTo(deed.section);
        return reach(deed.section);
    }
  };
}
