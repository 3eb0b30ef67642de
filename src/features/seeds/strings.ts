import { say } from '../../language/say.ts';

/** The words that the figures of curves have of seeds. */
export const SEEDS_TEXT = {
  get band() {
    return say('runs.band');
  },
} as const;
