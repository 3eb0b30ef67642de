import { notOneOf } from '../core/experiment/parse/parse.ts';
import { DEFAULT_PRESET, PRESET_NAMES } from '../core/experiment/presets.ts';
import type { RaceSetup } from '../features/lab/state.ts';
import { chapterAt, chaptersOf } from '../features/lesson/chapters/chapters.ts';
import { OWN_WORDS, PRESET_WORDS } from '../features/setup/presets/preset-words.ts';
import { hasExperiment, readLink } from '../features/share/link.ts';
import type { Language } from '../language/languages.ts';
import { say } from '../language/say.ts';

/** The parts of the widget that its address can choose, from top to bottom. */
export const PARTS = ['nets', 'sentence', 'curves'] as const;
export type Part = (typeof PARTS)[number];

/** What the address of embed.html asks for. */
export interface EmbedOptions extends RaceSetup {
  readonly parts: readonly Part[];
  /** The question in its head. */
  readonly title: () => string;
}

/**
 * Reads `?preset=twins` or `#v=2&x=…` as the page does, `?chapter=3` for the race of a chapter of the lesson, and
 * `?parts=nets,curves`. Throws an `ExperimentError` that names what it does not know.
 */
export function readEmbedOptions(address: URL): EmbedOptions {
  const parts = readParts(address.searchParams.get('parts'));
  const link = readLink(address);
  const number = address.searchParams.get('chapter');
  if (number === null) return { ...link, parts, title: titleOf(address) };
  const chapter = chapterAt(Number(number), 'full');
  // One chapter compares numbers of the paper, and has no race.
  if (chapter === null || chapter.start === null) throw notOneOf('chapter', number, chaptersWithRace());
  const experiment = hasExperiment(address) ? link.experiment : chapter.start.experiment;
  return { ...link, experiment, parts, title: chapter.title };
}

/** The numbers of the chapters that have a race of their own. */
function chaptersWithRace(): string {
  return chaptersOf('full')
    .flatMap(({ start, number }) => (start === null ? [] : [number]))
    .join(', ');
}

function titleOf(address: URL): () => string {
  const name = hasExperiment(address) ? null : (address.searchParams.get('preset') ?? DEFAULT_PRESET);
  const preset = PRESET_NAMES.find((each) => each === name);
  const words = preset === undefined ? OWN_WORDS : PRESET_WORDS[preset];
  return () => say(words.question);
}

function readParts(list: string | null): readonly Part[] {
  if (list === null) return PARTS;
  const names = list.split(',');
  const unknown = names.find((name) => !PARTS.some((part) => part === name));
  if (unknown !== undefined) throw notOneOf('parts', unknown, PARTS.join(', '));
  return PARTS.filter((part) => names.includes(part));
}

/** The address of the whole page with the same race, in a language. There a chapter would come before an experiment. */
export function wholePage(address: URL, lang: Language): URL {
  const page = new URL('./', address);
  page.hash = address.hash;
  for (const name of hasExperiment(address) ? ['preset'] : ['preset', 'chapter']) {
    const value = address.searchParams.get(name);
    if (value !== null) page.searchParams.set(name, value);
  }
  // The bare address may open the lesson.
  const namesRace = hasExperiment(page) || page.searchParams.has('preset') || page.searchParams.has('chapter');
  if (!namesRace) page.searchParams.set('preset', DEFAULT_PRESET);
  page.searchParams.set('lang', lang);
  return page;
}
