import { useMemo } from 'react';
import type { ShownBatch } from '../../../core/results/report.ts';
import { namedData } from '../../lab/named-data.ts';
import { useLabState } from '../../use-stores.ts';

/** A net's answer to one picture. */
export interface PictureAnswer {
  readonly name: string;
  readonly right: boolean;
  /** The probability that the net gives it, 0 to 1. */
  readonly probability: number;
}

/** The likeliest class of each picture: probabilities are [pictures][classes], labels the right classes. */
export function answersOf(
  probabilities: readonly (readonly number[])[],
  labels: readonly number[],
  classes: readonly string[],
): readonly PictureAnswer[] {
  return labels.map((label, picture) => {
    const row = probabilities[picture] ?? [];
    const probability = Math.max(0, ...row);
    const likeliest = row.indexOf(probability);
    return { name: classes[likeliest] ?? '', right: likeliest === label, probability };
  });
}

/** The pictures of the tray, the first of a training batch, with the indices of their right classes. */
export function useShownBatch(): ShownBatch['shown'] {
  return useLabState(({ batch, data }) => batch?.shown ?? data?.shown) ?? [];
}

/** A net's last answers to the pictures of the tray; null until it has answered. */
export function useAnswers(lane: string): readonly PictureAnswer[] | null {
  const data = useLabState(namedData);
  const batch = useLabState((state) => state.batch);
  return useMemo(() => {
    const probabilities = batch?.answers.get(lane);
    if (data === null || batch === null || probabilities === undefined) return null;
    const labels = batch.shown.map(({ label }) => label);
    return answersOf(
      probabilities,
      labels,
      data.classes.map(({ name }) => name),
    );
  }, [data, batch, lane]);
}
