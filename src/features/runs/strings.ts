import type { Difference } from '../../core/experiment/comparison.ts';
import { count } from '../../core/format.ts';

/** The words around the runs that are kept. */
export const RUNS_TEXT = {
  title: 'Runs',
  about:
    'Every race is kept in this browser as it trains. Those that are ticked are drawn faded behind the live curves.',
  none: 'There are none yet: a race is kept from its first seconds of training on.',
  current: 'this race',
  show: (name: string) => `Draw ${name} behind the live curves`,
  rename: (name: string) => `Name of ${name}`,
  remove: (name: string) => `Delete ${name}`,
  save: (name: string) => `Save ${name} as JSON`,
  saveNumbers: (name: string) => `Save the numbers of ${name} as CSV`,
  saveAll: 'Save the ticked as CSV',
  open: (name: string) => `Open the experiment of ${name}`,
  load: 'Add a run from a file…',
  loadFile: 'A JSON file of this page or of “npm run lab”',
  compare: 'How they differ',
  same: 'In nothing that can be set.',
  setting: 'Setting',
  final: 'Train error',
  facts: (started: Date, steps: number, device: string | null) => {
    const time = started.toLocaleString('en', { dateStyle: 'medium', timeStyle: 'short' });
    return `${time}, ${count(steps)} steps${device === null ? '' : `, ${device}`}`;
  },
  /** "learning rate 0.03 → 0.1" */
  named: (all: readonly Difference[]) => {
    const [first, second] = all.map(({ what, from, to }) => `${what} ${from} → ${to}`);
    const more = all.length > 2 ? ` and ${all.length - 2} more` : '';
    return [first, second].filter((each) => each !== undefined).join(', ') + more;
  },
  again: 'the same again',
  seedsOfThis: (seeds: number) => `${seeds} seeds of this`,
  ofSeeds: (name: string, seeds: number) => `${name}, ${seeds} seeds`,
  behind: 'Runs behind this race',
  /** For a saved figure. */
  key: (races: readonly { readonly tag: string; readonly name: string }[]) =>
    races.map(({ tag, name }) => `${tag}: ${name}`).join('; '),
} as const;
