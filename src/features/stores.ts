import { isKept, pretrainedOf } from '../core/data/pretrained.ts';
import { prefersReducedMotion } from '../ui/use-screen.ts';
import type { LibraryApi } from '../workers/library/api.ts';
import type { Client } from '../workers/rpc.ts';
import { type Autosave, createAutosave, type TabLocks } from './autosave/autosave.ts';
import { askEachQuestion, type Classroom, createClassroom, uncoverLostLanes } from './classroom/classroom.ts';
import { createInsightClient, type InsightClient } from './insight/insight-client.ts';
import { createHovered, type Hovered } from './lab/hovered.ts';
import type { Lab } from './lab/lab.ts';
import { createLesson, type Lesson } from './lesson/lesson.ts';
import { createLibrary, type DatasetLibrary } from './library/library.ts';
import { createOwnImage, type OwnImage } from './own-image/own-image.ts';
import { createPhotographs, type ManyPhotographs } from './photographs/photographs.ts';
import { createGhost, type Ghost } from './records/ghost.ts';
import { createRuns, type SavedRuns } from './runs/runs.ts';
import { createRepeats, type Repeats } from './seeds/repeats.ts';
import { createSections, type Sections } from './share/sections.ts';
import { createSlowMotion, type SlowMotion } from './slow-motion/slow-motion.ts';
import { createPretrained, type PretrainedNet } from './zoo/pretrained.ts';

/** The stores of the page, each with its state and its actions. Components read them with the hooks of use-stores.ts. */
export interface Stores {
  readonly lab: Lab;
  readonly library: DatasetLibrary;
  readonly runs: SavedRuns;
  readonly repeats: Repeats;
  readonly autosave: Autosave;
  readonly insight: InsightClient;
  readonly ownImage: OwnImage;
  readonly pretrained: PretrainedNet;
  readonly photographs: ManyPhotographs;
  readonly slowMotion: SlowMotion;
  readonly sections: Sections;
  readonly lesson: Lesson;
  readonly hovered: Hovered;
  readonly ghost: Ghost;
  readonly classroom: Classroom;
}

interface StoresInput {
  readonly lab: Lab;
  readonly librarian: Client<LibraryApi>;
  readonly startPretrained: Parameters<typeof createPhotographs>[0];
  /** Null where the browser has none. */
  readonly locks: TabLocks | null;
  /** Where answers of the lesson are kept; null where the browser refuses. */
  readonly storage: Storage | null;
  /** Brings a section of the page into view. */
  readonly goTo: (section: string) => void;
  /** An id that no other run or tab has. */
  readonly newId: () => string;
}

/** Creates the stores and connects those that need each other. */
export function createStores({ lab, librarian, startPretrained, locks, storage, goTo, newId }: StoresInput): Stores {
  const runs = createRuns(librarian, newId);
  const repeats = createRepeats(lab, runs);
  const insight = createInsightClient(lab.store, lab);
  const slowMotion = createSlowMotion(lab);
  const backend = () => lab.store.getState().backend;
  const pretrained = createPretrained(startPretrained, backend, librarian);
  const isSaved = (net: string) => isKept(pretrained.store.getState().kept, pretrainedOf(net).repository);
  const classroom = createClassroom();
  uncoverLostLanes(classroom, lab);
  const lesson = createLesson({ lab, insight, slowMotion, storage, playsAtOnce: () => !prefersReducedMotion(), goTo });
  askEachQuestion(classroom, lab, lesson);
  return {
    lab,
    library: createLibrary(librarian, lab),
    runs,
    repeats,
    autosave: createAutosave(lab, librarian, locks, newId, runs, repeats),
    insight,
    ownImage: createOwnImage(lab),
    pretrained,
    photographs: createPhotographs(startPretrained, backend, isSaved, pretrained.refreshKept),
    slowMotion,
    sections: createSections(),
    lesson,
    hovered: createHovered(),
    ghost: createGhost(),
    classroom,
  };
}
