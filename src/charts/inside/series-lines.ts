import type { Line, Point } from './panel.ts';
import type { Measured, PanelWords } from './values/measured.ts';

/** A line of each net as it is, and a pale one behind it as it was. */
export function seriesLines<Result>(
  measured: readonly Measured<Result>[],
  points: (result: Result) => readonly Point[],
  words: Pick<PanelWords, 'step'>,
  start = false,
): readonly Line[] {
  const before = measured.flatMap(({ net, before: then }): readonly Line[] =>
    then === null
      ? []
      : [{ key: `${net.id} before`, net, what: words.step(then.step), points: points(then), faint: true }],
  );
  const now = measured.map(
    ({ net, now: result }): Line => ({ key: net.id, net, what: '', points: points(result), faint: false, start }),
  );
  return [...before, ...now];
}
