/** The words around a race that a tab left behind. */
export const LEFT_TEXT = {
  title: 'The race before',
  resume: 'Resume',
  forget: 'Forget it',
  sentence: (nets: readonly string[], step: number, saved: Date): string => {
    const [first = '', ...others] = nets;
    const race = others.length === 0 ? first : `${first} and ${others.length} more`;
    const time = saved.toLocaleString('en', { dateStyle: 'medium', timeStyle: 'short' });
    return `The race of ${race} stood at step ${step} when it was last kept, ${time}. It can go on from there.`;
  },
} as const;
