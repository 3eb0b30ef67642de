import { useMemo } from 'react';
import { depthLightness } from '../../charts/colours.ts';
import { type CurveGuesses, guessRange } from '../../charts/guesses/guess.ts';
import { meanAt } from '../../charts/series/running-mean.ts';
import type { Series } from '../../charts/series/series.ts';
import { STORY_WINDOW } from '../race/story/claim.ts';
import { useLabState, useLesson, useLessonState } from '../use-stores.ts';
import { type Answer, type Chapter, rightChoice } from './chapter.ts';
import { canAnswer, startOf } from './position.ts';
import { valuesBy } from './quantities.ts';

/** The answer that guessed curve ends, in percent by lane, give to the question of a chapter. */
export function answerOf(
  { question, quantities }: Pick<Chapter, 'question' | 'quantities'>,
  ends: ReadonlyMap<string, number>,
): Answer {
  const value = valuesBy(quantities, {}, (lane) => ends.get(lane) ?? Number.NaN);
  return { choice: rightChoice(question, value)?.id ?? null, ends: Object.fromEntries(ends) };
}

/**
 * The curve ends that the present chapter asks for: dots that can be dragged until something was done after the answer,
 * then dotted beside what is measured. Null where the chapter asks for none, or before its race has come to its start.
 */
export function useCurveGuesses(series: readonly Series[], baseline: number | null): CurveGuesses | null {
  const lesson = useLesson();
  const on = useLessonState((state) => state.on);
  const chapter = useLessonState((state) => state.chapter);
  const position = useLessonState((state) => state.position);
  const answer = useLessonState((state) => state.answers.get(state.chapter.number));
  const isOpen = useLabState((state) => canAnswer(position, chapter, state));
  const { ends, choices } = chapter.question;
  const start = startOf(chapter);
  // The curves up to the start of the chapter do not change any more.
  const starts = ends?.lanes.map((lane) => {
    const own = series.find(({ name }) => name === lane);
    return own === undefined ? null : start === 0 ? 0 : meanAt(own, STORY_WINDOW, start);
  });
  const key = starts?.join() ?? '';
  // biome-ignore lint/correctness/useExhaustiveDependencies: `key` is what `starts` and the nets of the series are
  return useMemo(() => {
    if (!on || ends === null || baseline === null || starts === undefined || starts.includes(null)) return null;
    const told = position.type === 'question' ? null : answer?.ends;
    const nets = series.filter(({ name }) => ends.lanes.includes(name));
    return {
      step: ends.step,
      at: ends.at,
      range: guessRange(baseline, Math.min(...choices.flatMap((choice) => Object.values(choice.ends ?? {})))),
      nets: nets.map(({ id, name, family, depth }) => ({
        ...{ id, name, family, depth, lightness: depthLightness(depth) },
        error: told?.[name] ?? null,
      })),
      from:
        start === 0
          ? undefined
          : { step: start, errors: new Map(ends.lanes.map((lane, index) => [idOf(lane, nets), starts[index] ?? 0])) },
      onGuess: isOpen
        ? (errors) =>
            lesson.answer(answerOf(chapter, new Map(nets.map(({ id, name }) => [name, errors.get(id) ?? ends.at]))))
        : undefined,
    };
  }, [on, chapter, position, answer, isOpen, key, baseline, lesson]);
}

function idOf(lane: string, nets: readonly Series[]): string {
  return nets.find(({ name }) => name === lane)?.id ?? lane;
}
