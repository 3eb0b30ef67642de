import type { LibraryApi } from '../worker/library-api.ts';
import type { Client } from '../worker/rpc.ts';
import { createHovered, type Hovered } from './hovered.ts';
import { createInside, type Inside } from './inside.ts';
import { createKeeping, type Keeping, type Locks } from './keeping.ts';
import type { Lab } from './lab.ts';
import { createLibrary, type Library } from './library.ts';
import { createOwnImage, type OwnImage } from './own-image.ts';
import { createParts, type Parts } from './parts.ts';
import { createPretrained, type Pretrained } from './pretrained.ts';
import { createRepeats, type Repeats } from './repeats.ts';
import { createRuns, type Runs } from './runs.ts';
import { createSlowMotion, type SlowMotion } from './slow-motion.ts';

/** The stores of the page, each with its state and its actions. Components read them with the hooks of use-stores.ts. */
export interface Stores {
  readonly lab: Lab;
  readonly library: Library;
  readonly runs: Runs;
  readonly repeats: Repeats;
  readonly keeping: Keeping;
  readonly inside: Inside;
  readonly ownImage: OwnImage;
  readonly pretrained: Pretrained;
  readonly slowMotion: SlowMotion;
  readonly parts: Parts;
  readonly hovered: Hovered;
}

interface StoresInput {
  readonly lab: Lab;
  readonly librarian: Client<LibraryApi>;
  readonly startPretrained: Parameters<typeof createPretrained>[0];
  /** The name of an image that the user gives, as the page shows it. */
  readonly ownImageName: string;
  /** Null where the browser has none. */
  readonly locks: Locks | null;
  /** An id that no other run or tab has. */
  readonly newId: () => string;
}

/** Creates the stores and connects those that need each other. */
export function createStores({ lab, librarian, startPretrained, ownImageName, locks, newId }: StoresInput): Stores {
  const runs = createRuns(librarian, newId);
  const repeats = createRepeats(lab, runs);
  return {
    lab,
    library: createLibrary(librarian, lab),
    runs,
    repeats,
    keeping: createKeeping(lab, librarian, locks, newId, runs, repeats),
    inside: createInside(lab.store, lab),
    ownImage: createOwnImage(lab, ownImageName),
    pretrained: createPretrained(startPretrained, () => lab.store.getState().backend, librarian),
    slowMotion: createSlowMotion(lab),
    parts: createParts(),
    hovered: createHovered(),
  };
}
