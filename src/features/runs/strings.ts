import { say } from '../../language/say.ts';

/** The words that the figures of curves have of saved runs. */
export const RUNS_TEXT = {
  get behind() {
    return say('runs.behind');
  },
  /** For a saved figure. */
  key: (races: readonly { readonly tag: string; readonly name: string }[]) =>
    races.map(({ tag, name }) => say('runs.keyed', { tag, name })).join('; '),
} as const;
