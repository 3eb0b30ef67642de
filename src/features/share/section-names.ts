import type { Part } from '../../core/sections.ts';

/** The words around the parts of the page. */
export const PARTS_TEXT = {
  title: 'Shown',
  note: 'What is not ticked is left out here, and on the page that a link copied from here opens.',
  names: {
    lab: 'Lab: data, recipe, nets',
    inside: 'Look inside',
    predictions: 'Predictions',
    family: 'The family',
  } satisfies Record<Part, string>,
} as const;
