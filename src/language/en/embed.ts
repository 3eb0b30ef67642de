export const embed = {
  after: 'After He et al., 2015',
  whole: 'Open the whole playground',
  again: 'Train again',
  loading: 'Loading the engine and the pictures',
  hint: 'Press Train: the nets learn here, in this page.',
} as const;
