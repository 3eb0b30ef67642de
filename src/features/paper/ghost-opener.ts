import { PRESETS } from '../../core/experiment/presets.ts';
import type { EvidenceRecord } from '../../core/results/evidence.ts';
import { useGhost, useGhostState, useLab, useLabState, useLesson, useLibraryState } from '../use-stores.ts';
import { fits, raceInFront } from './ghost.ts';

interface GhostOpener {
  /** Whether the record's images are in this browser. */
  readonly hasImages: boolean;
  /** Whether the live race can be compared with the record as it is. */
  readonly fitsNow: boolean;
  /** Whether the record is drawn behind the live race. */
  readonly isDrawn: boolean;
  /** Draws the record behind the live race, after opening one that it fits where it does not; or takes it away. */
  readonly open: () => void;
  /** Opens the record's own experiment, for the whole of its steps. */
  readonly setUp: () => PromiseLike<void>;
}

/** What can be done with a record in the live race. */
export function useGhostOpener(record: EvidenceRecord): GhostOpener {
  const lab = useLab();
  const ghost = useGhost();
  const lesson = useLesson();
  const live = useLabState((state) => state.experiment);
  const entries = useLibraryState((state) => state.entries);
  const shown = useGhostState((state) => state.record);
  const { data } = record.experiment;
  const hasImages = data.source !== 'own' || entries.some(({ hash }) => hash === data.hash);
  const fitsNow = fits(record, live);
  const isDrawn = shown === record && fitsNow;
  const draw = async () => {
    // Its chapters ask what a record would tell.
    lesson.leave(false);
    if (!fitsNow) await lab.openInstead(raceInFront(record, PRESETS.degradation.data, hasImages));
    ghost.show(record);
    scrollTo({ top: 0 });
  };
  return {
    hasImages,
    fitsNow,
    isDrawn,
    open: () => {
      if (isDrawn) ghost.hide();
      else lab.attempt(draw);
    },
    setUp: () => lab.openInstead(record.experiment),
  };
}
