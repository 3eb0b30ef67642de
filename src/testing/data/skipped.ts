import type { SkippedFile } from '../../data/import/entry.ts';
import { sayIt } from '../../language/sentence.ts';

/** Skipped files as people read them. */
export function saidSkipped({ named }: { readonly named: readonly SkippedFile[] }) {
  return named.map(({ path, reason }) => ({ path: sayIt(path), reason: sayIt(reason) }));
}
