/** The words of the notice that a race can be brought back. */
export const UNDO_TEXT = {
  title: 'Race replaced',
  sentence: (step: number) =>
    `A new race stands at step 0. The one before was at step ${step}; its weights and curves are still here.`,
  undo: 'Undo',
  hint: 'Bring the race before back (u)',
  dismiss: 'Dismiss',
} as const;
