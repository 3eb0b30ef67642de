import { useMemo } from 'react';
import { useLabState } from '../../use-stores.ts';

/** A net's answer to one picture. */
export interface Answer {
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
): readonly Answer[] {
  return labels.map((label, picture) => {
    const row = probabilities[picture] ?? [];
    const probability = Math.max(0, ...row);
    const likeliest = row.indexOf(probability);
    return { name: classes[likeliest] ?? '', right: likeliest === label, probability };
  });
}

/** A net's last answers to the pictures of the tray; null until it has answered. */
export function useAnswers(lane: string): readonly Answer[] | null {
  const data = useLabState((state) => state.data);
  const told = useLabState((state) => state.predictions.get(lane));
  return useMemo(() => {
    if (data === null || told === undefined) return null;
    const labels = data.shown.map(({ label }) => label);
    return answersOf(
      told.probabilities,
      labels,
      data.classes.map(({ name }) => name),
    );
  }, [data, told]);
}
