import type { DatasetEntry } from '../../core/data/library.ts';
import { areRepeats } from '../../core/experiment/comparison.ts';
import { PRESETS } from '../../core/experiment/presets.ts';
import type { EvidenceRecord } from '../../core/results/evidence.ts';
import type { LabState } from '../lab/state.ts';
import { isAskedFor } from '../lab/waits.ts';
import type { Stores } from '../stores.ts';
import { useAllStores, useGhostState, useLabState, useLibraryState } from '../use-stores.ts';
import { fits, type GhostWay, ghostWay, raceInFront } from './ghost.ts';

type GhostStores = Pick<Stores, 'lab' | 'ghost' | 'lesson' | 'library' | 'repeats'>;

function areHere({ experiment: { data } }: EvidenceRecord, entries: readonly DatasetEntry[]): boolean {
  return data.source !== 'own' || entries.some(({ hash }) => hash === data.hash);
}

async function drawGhost({ ghost, lesson }: GhostStores, record: EvidenceRecord): Promise<void> {
  // Its chapters ask what a record would tell.
  lesson.leave(false);
  ghost.show(record);
  scrollTo({ top: 0 });
}

/** Opens a race that a record fits once that is loaded, unless the visitor chooses something else meanwhile. */
export async function openLoaded(stores: GhostStores, record: Promise<EvidenceRecord>): Promise<void> {
  if (await staysWished(stores, record)) await openGhost(stores, await record);
}

/** Opens a race that a record fits, and draws the record behind it. */
async function openGhost(stores: GhostStores, record: EvidenceRecord): Promise<void> {
  const hasImages = areHere(record, stores.library.store.getState().entries);
  const opened = stores.lab.openInstead(raceInFront(record, PRESETS.degradation.data, hasImages));
  if (await staysWished(stores, opened)) await drawGhost(stores, record);
}

/** Waits for this; whether the visitor has asked for no other race and no chapter meanwhile. */
async function staysWished({ lab, lesson, repeats }: GhostStores, awaited: PromiseLike<unknown>): Promise<boolean> {
  let stays = true;
  /** The next seed of a plan opens by itself: the visitor has not chosen it, as a reset, another seed or device. */
  const isNextSeed = ({ opening }: LabState, before: LabState) =>
    repeats.store.getState().plan !== null &&
    opening !== null &&
    !opening.isEdit &&
    areRepeats(opening.latest.experiment, before.experiment);
  const stops = [
    lab.store.subscribe((now, before) => {
      if (isAskedFor(now, before) && !isNextSeed(now, before)) stays = false;
    }),
    // A chapter may go on with the race that stands, or take any.
    lesson.store.subscribe((now, before) => {
      if (now.on && (now.chapter !== before.chapter || !before.on)) stays = false;
    }),
  ];
  try {
    await awaited;
  } finally {
    for (const stop of stops) stop();
  }
  return stays;
}

interface GhostOpener {
  /** Whether the record's images are in this browser. */
  readonly hasImages: boolean;
  readonly way: GhostWay;
  /** Whether the record is drawn behind the live race. */
  readonly isDrawn: boolean;
  /** Draws the record behind the live race, after opening one that it fits where it does not; or takes it away. */
  readonly open: () => void;
  /** Opens the record's own experiment, for the whole of its steps. */
  readonly setUp: () => PromiseLike<void>;
}

/** What can be done with a record in the live race. */
export function useGhostOpener(record: EvidenceRecord): GhostOpener {
  const stores = useAllStores();
  const { lab, ghost } = stores;
  const live = useLabState((state) => state.experiment);
  const entries = useLibraryState((state) => state.entries);
  const shown = useGhostState((state) => state.record);
  const hasImages = areHere(record, entries);
  const fitsNow = fits(record, live);
  const isDrawn = shown === record && fitsNow;
  return {
    hasImages,
    way: ghostWay(record, live, hasImages),
    isDrawn,
    open: () => {
      if (isDrawn) ghost.hide();
      else lab.attempt(() => (fitsNow ? drawGhost(stores, record) : openGhost(stores, record)));
    },
    setUp: () => lab.openInstead(record.experiment),
  };
}
