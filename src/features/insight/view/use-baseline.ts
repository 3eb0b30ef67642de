import { useMemo } from 'react';
import type { Rule } from '../../../charts/panels/panel.ts';
import { percent } from '../../../core/format.ts';
import { BASELINE_TEXT } from '../../race/story/marks.ts';
import { useLabState } from '../../use-stores.ts';

/** The error of always guessing the majority class, as a level to compare with. */
export function useBaseline(): Rule | null {
  const majority = useLabState((state) => state.data?.majority ?? null);
  return useMemo(
    () =>
      majority === null
        ? null
        : { at: majority.error, text: `${BASELINE_TEXT(majority.answer).shortText} ${percent(majority.error)}` },
    [majority],
  );
}
