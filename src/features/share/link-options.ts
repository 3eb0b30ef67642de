import { deflateSync, inflateSync } from 'fflate';
import { LIMITS } from '../../core/experiment/limits.ts';
import { notOneOf } from '../../core/experiment/parse/parse.ts';
import type { Language } from '../../language/languages.ts';
import { FIGURE_NAMES, type FigureName } from '../insight/probes/probes.ts';
import type { OnFailure } from '../lab/handled.ts';
import { fromBase64Url, toBase64Url } from './link-code.ts';
import { readHidden, type Section, withHidden } from './sections.ts';

/** What a lecturer writes over the nets of a link, in words of his own. Plain text; either may be empty. */
export interface Assignment {
  readonly title: string;
  readonly task: string;
}

/** What a link asks for beside its experiment and its backend. Null is what the visitor has anyway. */
export interface LinkOptions {
  readonly assignment: Assignment | null;
  readonly hidden: readonly Section[];
  /** The number of a chapter of the lesson. */
  readonly chapter: number | null;
  readonly language: Language | null;
  readonly theme: (typeof THEMES)[number] | null;
  /** The step at which training waits. */
  readonly stop: number | null;
  /** Steps a second at most. */
  readonly speed: number | null;
  /** The figure of Look inside beside the curves. */
  readonly figure: FigureName | null;
  readonly presenting: boolean;
}

/** In characters. A task is a short paragraph. */
export const MOST_CHARACTERS = { title: 80, task: 280 } as const;

/** Steps a second of the speed slider, slowest first. */
export const SPEEDS = [0.5, 1, 2, 5, 10, 20] as const;

const THEMES = ['light', 'dark', 'system'] as const;

/** Compressed words are at most as long as the texts can be; inflated, a few times that. */
const MOST_CODE = 4000;
const MOST_WORDS = 8000;

/** Fields of an address with what a lecturer asks for. */
const OF_ASSIGNMENT = ['title', 'task', 'words', 'stop', 'cover'];

/** Fields of an address that belong to one experiment, and go with it. */
const OF_EXPERIMENT = [...OF_ASSIGNMENT, 'chapter'];

/**
 * What an address asks for. A field that is wrong asks for nothing: `onFault` gets an `ExperimentError` that names it. Words
 * are never a fault, but cleaned.
 */
export function readOptions(address: URL, onFault: OnFailure): Omit<LinkOptions, 'chapter' | 'language'> {
  const one = <Value extends string | number>(name: string, options: readonly Value[]): Value | null => {
    const value = address.searchParams.get(name);
    if (value === null) return null;
    const found = options.find((option) => String(option) === value);
    if (found === undefined) throw notOneOf(name, value, options.join(', '));
    return found;
  };
  return {
    ...readForExperiment(address, onFault),
    hidden: orNothing(() => readHidden(address), [], onFault),
    theme: orNothing(() => one('theme', THEMES), null, onFault),
    speed: orNothing(() => one('speed', SPEEDS), null, onFault),
    figure: orNothing(() => one('figure', FIGURE_NAMES), null, onFault),
    presenting: address.searchParams.has('present'),
  };
}

/** The part of this that belongs to one experiment or chapter, and comes and goes with it. */
export function readForExperiment(address: URL, onFault: OnFailure): Pick<LinkOptions, 'assignment' | 'stop'> {
  const stop = address.searchParams.get('stop');
  return { assignment: readAssignment(address), stop: orNothing(() => readStop(stop), null, onFault) };
}

/** What a field of an address asks for, or `nothing` where it is wrong. */
function orNothing<Value>(readField: () => Value, nothing: Value, onFault: OnFailure): Value {
  try {
    return readField();
  } catch (fault) {
    onFault(fault);
    return nothing;
  }
}

/** The address with these options in place of any that it had. */
export function withOptions(address: URL, options: LinkOptions): URL {
  const next = withHidden(address, options.hidden);
  const { searchParams } = next;
  const set = (name: string, value: string | number | null) => {
    if (value === null) searchParams.delete(name);
    else searchParams.set(name, String(value));
  };
  set('chapter', options.chapter);
  set('lang', options.language);
  set('theme', options.theme);
  set('stop', options.stop);
  set('speed', options.speed);
  set('figure', options.figure);
  set('present', options.presenting ? '' : null);
  for (const name of ['cover', 'title', 'task', 'words']) searchParams.delete(name);
  for (const [name, value] of wordsOf(options.assignment)) set(name, value);
  return next;
}

/** The address without what was meant for the experiment that it had. */
export function withoutAssignment(address: URL): URL {
  const next = new URL(address);
  for (const name of OF_EXPERIMENT) next.searchParams.delete(name);
  return next;
}

/** The address with what another one asks for of its experiment, in place of its own. */
export function withAssignmentOf(address: URL, other: URL): URL {
  const next = withoutAssignment(address);
  for (const name of OF_ASSIGNMENT) {
    const value = other.searchParams.get(name);
    if (value !== null) next.searchParams.set(name, value);
  }
  return next;
}

/** Title and task of an address, in `title` and `task` or compressed in `words`; null where it has neither. */
function readAssignment({ searchParams }: URL): Assignment | null {
  const [title, task] = wordsFrom(searchParams.get('words')) ?? [searchParams.get('title'), searchParams.get('task')];
  return assignmentOf(title ?? '', task ?? '');
}

/** A title and a task as they may be shown; null where nothing is left of either. */
export function assignmentOf(title: string, task: string): Assignment | null {
  const words = { title: cleanedText(title, MOST_CHARACTERS.title), task: cleanedText(task, MOST_CHARACTERS.task) };
  return words.title === '' && words.task === '' ? null : words;
}

/** Characters that are not seen or that reorder others, but for the joiners of scripts and emoji. */
const UNSEEN = /(?!\u200c|\u200d|\ufe0e|\ufe0f)[\p{Cc}\p{Cf}\p{Co}\p{Cs}\p{Cn}]/gu;

/** More marks than this on one letter are no script, and would be drawn over the lines around. */
const STACKED = /(\p{M}{4})\p{M}+/gu;

function cleanedText(text: string, most: number): string {
  const plain = text
    .slice(0, 4 * MOST_WORDS)
    .replace(/\s/gu, ' ')
    .replace(UNSEEN, '')
    // Only now: what was not seen may have stood between spaces, or between a letter and its mark.
    .replace(/ +/g, ' ')
    .normalize('NFC')
    .replace(STACKED, '$1')
    .trim();
  return [...plain].slice(0, most).join('').trim();
}

/** The fields of an assignment: as they are or compressed, whichever is shorter. Chinese is, by two thirds. */
function wordsOf(assignment: Assignment | null): readonly (readonly [name: string, value: string])[] {
  if (assignment === null) return [];
  const plain = Object.entries(assignment).filter(([, value]) => value !== '');
  const bytes = new TextEncoder().encode(`${assignment.title}\n${assignment.task}`);
  const words = toBase64Url(deflateSync(bytes, { level: 9 }));
  return new URLSearchParams(plain).toString().length <= `words=${words}`.length ? plain : [['words', words]];
}

/** Null where there are no compressed words, or they are damaged or too many. */
function wordsFrom(code: string | null): readonly [title: string, task: string] | null {
  if (code === null || code.length > MOST_CODE) return null;
  try {
    // With an array to inflate into, no small text can fill the memory.
    const bytes = inflateSync(fromBase64Url(code), { out: new Uint8Array(MOST_WORDS) });
    const [title = '', task = ''] = new TextDecoder().decode(bytes).split('\n', 2);
    return [title, task];
  } catch {
    return null;
  }
}

function readStop(value: string | null): number | null {
  if (value === null) return null;
  const step = Number(value);
  if (!/^\d+$/.test(value) || step < 1 || step > LIMITS.steps.max)
    throw notOneOf('stop', value, `1 … ${LIMITS.steps.max}`);
  return step;
}
