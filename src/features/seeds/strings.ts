/** The words around one experiment with several seeds. */
export const SEEDS_TEXT = {
  row: 'Several seeds',
  repeat: 'Seeds to repeat it over',
  start: 'Repeat',
  startHint: (seeds: number) =>
    `Trains this experiment, cuts included, with ${seeds} seeds one after another, this one first; seeds that are kept already are not trained again`,
  stop: 'Stop repeating',
  /** "seed 2 of 3" */
  progress: (nth: number, seeds: number) => `seed ${nth} of ${seeds}`,
  choice: 'Seeds in the figures',
  one: 'This race',
  count: (seeds: number) => `${seeds} seeds`,
  /** For a figure's source. */
  band: 'Bands go from the lowest seed to the highest.',
} as const;
