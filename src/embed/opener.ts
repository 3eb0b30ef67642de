import type { Lab } from '../features/lab/lab.ts';
import type { RaceSetup } from '../features/lab/state.ts';

/**
 * Opens the race of a link when it is first called, and again where that failed or the race was given up since. No other
 * race takes its place: the widget stands under the link's title.
 */
export function openerOf(lab: Pick<Lab, 'store' | 'openLink'>, link: RaceSetup): () => Promise<void> {
  let opening: Promise<void> | null = null;
  return () => {
    if (opening === null && lab.store.getState().open) return Promise.resolve();
    opening ??= lab
      .openLink(() => link, true)
      .then(() => {})
      .finally(() => {
        opening = null;
      });
    return opening;
  };
}
