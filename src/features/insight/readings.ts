import { count, percent } from '../../core/format.ts';
import type { StoryPart } from '../race/story/claims.ts';

/** What a figure's sentence says of one net. */
export interface NetNumber {
  readonly lane: string;
  readonly value: number;
}

export const words = (text: string): StoryPart => ({ text });
/** "After 150 steps", as a sentence begins. */
export const after = (steps: number) =>
  steps === 0 ? 'Before the first step' : `After ${count(steps)} ${steps === 1 ? 'step' : 'steps'}`;

/** "a in plain-8, b in ResNet-8 and c in …", the numbers in the nets' colours. */
export function listed(numbers: readonly NetNumber[], text: (value: number) => string): readonly StoryPart[] {
  return numbers.flatMap(({ lane, value }, index) => [
    words(index === 0 ? '' : index === numbers.length - 1 ? ' and ' : ', '),
    { text: text(value), lane },
    words(` in ${lane}`),
  ]);
}

/** Mean damage in points of error. */
export function lesionReading(
  step: number,
  damages: readonly NetNumber[],
  baseline: { readonly answer: string; readonly error: number } | null,
): readonly StoryPart[] {
  return [
    words(`${after(step)}, one lesion costs on average `),
    ...listed(damages, (points) => `${points < 0 ? '−' : ''}${percent(Math.abs(points))} points`),
    words(`. ${against(baseline)}`),
  ];
}

/** Error with the most lesions at once. */
export function randomReading(
  step: number,
  lesions: number,
  errors: readonly NetNumber[],
  baseline: { readonly answer: string; readonly error: number } | null,
): readonly StoryPart[] {
  return [
    words(`${after(step)}, the error with ${lesions} ${lesions === 1 ? 'lesion' : 'lesions'} at once is `),
    ...listed(errors, (error) => `${percent(error)}%`),
    words(`. ${against(baseline)}`),
  ];
}

function against(baseline: { readonly answer: string; readonly error: number } | null): string {
  return baseline === null
    ? ''
    : `Always answering “${baseline.answer}” is wrong ${percent(baseline.error)}% of the time.`;
}
