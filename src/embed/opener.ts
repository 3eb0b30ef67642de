import type { Lab } from '../features/race/lab.ts';
import type { Link } from '../features/share/link.ts';

/** Opens the race of a link when it is first called, and again where that failed or the race was given up since. */
export function openerOf(lab: Pick<Lab, 'store' | 'openLink'>, link: Link): () => Promise<void> {
  let opening: Promise<void> | null = null;
  return () => {
    if (opening === null && lab.store.getState().open) return Promise.resolve();
    opening ??= lab
      .openLink(() => link)
      .then(() => {})
      .finally(() => {
        opening = null;
      });
    return opening;
  };
}
