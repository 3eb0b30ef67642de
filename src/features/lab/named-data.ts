import type { DataSummary } from '../../core/results/report.ts';
import type { Language } from '../../language/languages.ts';
import { language, say } from '../../language/say.ts';
import type { LabState } from './state.ts';

/** The groups of emoji, as the data set calls them. Designers and a person’s own classes have names of their own. */
const GROUPS: ReadonlyMap<string, () => string> = new Map([
  ['Smileys', () => say('setup.groupSmileys')],
  ['People', () => say('setup.groupPeople')],
  ['Animals', () => say('setup.groupAnimals')],
  ['Food', () => say('setup.groupFood')],
  ['Travel', () => say('setup.groupTravel')],
  ['Activities', () => say('setup.groupActivities')],
  ['Objects', () => say('setup.groupObjects')],
  ['Symbols', () => say('setup.groupSymbols')],
  ['Flags', () => say('setup.groupFlags')],
]);

// The same object for the same data and language: what depends on it is not computed again.
const known = new WeakMap<DataSummary, { readonly language: Language; readonly named: DataSummary }>();

/** The data of the race with its classes named in the language of the page; null before they are loaded. */
export function namedData({ data, experiment }: Pick<LabState, 'data' | 'experiment'>): DataSummary | null {
  if (data === null || experiment.data.source !== 'emoji' || experiment.data.task !== 'group') return data;
  const before = known.get(data);
  if (before?.language === language()) return before.named;
  const named = {
    ...data,
    classes: data.classes.map((each) => ({ ...each, name: nameOf(each.name) })),
    majority: { ...data.majority, answer: nameOf(data.majority.answer) },
  };
  known.set(data, { language: language(), named });
  return named;
}

function nameOf(group: string): string {
  return GROUPS.get(group)?.() ?? group;
}
