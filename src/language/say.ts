/**
 * The words of the page and the terminal, in the language that was chosen.
 *
 * A message is an ICU string (`{count, plural, one {# net} other {# nets}}`) in `en/<room>.ts` and `zh/<room>.ts`, and its
 * key is `room.name`. A sentence is one message with parameters, never glued from parts. TypeScript reads the parameters
 * from the English text, and refuses a key that Chinese lacks; `catalog.test.ts` compares the parameters.
 *
 * Call `say` while rendering or throwing, never when a module is loaded: the language comes later and can change. In text,
 * write ’ for an apostrophe: ICU takes ' as an escape.
 */
import { IntlMessageFormat } from 'intl-messageformat';
import { type Language, LOCALES } from './languages.ts';
import type { Catalog, MessageKey, MessageValues } from './messages.ts';
import { locale, sayBy } from './sentence.ts';

/** A piece of a message; `tag` is the name of the innermost tag around it, such as `b` in `<b>…</b>`. */
export interface MessagePart {
  readonly text: string;
  readonly tag?: string;
}

interface Message {
  readonly format: IntlMessageFormat;
  readonly tags: readonly string[];
}

/** What makes a text more than its own letters: parameters, tags and escapes. Most texts have none and are not parsed. */
const SYNTAX = /[{}<']/;

let spoken: {
  readonly language: Language;
  readonly catalog: Partial<Catalog>;
  readonly cache: Map<string, Message>;
} | null = null;
const listeners = new Set<() => void>();

/** Sets the language of this page or process. Workers have none: they send sentences, which the page says. */
export function speak(language: Language, catalog: Partial<Catalog>): void {
  spoken = { language, catalog, cache: new Map() };
  // `sentence` has checked the parameters against the key.
  sayBy(say as (key: MessageKey, values: object) => string, LOCALES[language]);
  for (const listener of listeners) listener();
}

/** Calls `listener` after each change of the language; returns the function that ends this. */
export function onLanguage(listener: () => void): () => void {
  listeners.add(listener);
  return () => listeners.delete(listener);
}

/** The language that was chosen last; English before. */
export function language(): Language {
  return spoken?.language ?? 'en';
}

/** The message as text, its tags left out. */
export function say<K extends MessageKey>(key: K, ...values: MessageValues<K>): string {
  return parts(key, ...values)
    .map(({ text }) => text)
    .join('');
}

/** The message cut at its tags, for those who colour or link pieces of it. */
export function parts<K extends MessageKey>(key: K, ...[values]: MessageValues<K>): readonly MessagePart[] {
  const message = messageOf(key);
  if (typeof message === 'string') return [{ text: message }];
  const { format, tags } = message;
  const byTag = tags.map((tag) => [tag, (chunks: readonly unknown[]) => chunks.map((chunk) => tagged(chunk, tag))]);
  const formatted: unknown = format.format({
    ...values,
    ...(locale().startsWith('zh') ? edged(values) : {}),
    ...Object.fromEntries(byTag),
  });
  return fitted([formatted].flat(3).map((piece) => (isPart(piece) ? piece : { text: String(piece) })));
}

/** Marks where a parameter begins and ends, until its neighbours are known: a word joiner, which has no width. */
const EDGE = '\u2060';

/** Marks where a piece of a message ends, while they are fitted: a noncharacter, which no text has. */
const CUT = '\ufdd0';

const CHINESE = '[\\p{Script=Han}\\u3001-\\u301f\\uff01-\\uff5e“”]';

const isChinese = new RegExp(CHINESE, 'u');

/** A space between Chinese on both sides, with the marks around it. */
const chineseJoint = new RegExp(`(?<=${CHINESE})[${EDGE}${CUT}]* [${EDGE}${CUT}]*(?=${CHINESE})`, 'gu');

/** The parameters in Chinese, between two marks. */
function edged(values: unknown): object {
  const chinese = Object.entries(values ?? {}).filter(
    ([, value]) => typeof value === 'string' && isChinese.test(value),
  );
  return Object.fromEntries(chinese.map(([name, value]) => [name, `${EDGE}${value}${EDGE}`]));
}

/**
 * The pieces of a message without the marks of parameters. A message has a space where a parameter may be Latin; between
 * Chinese on both sides there is none, though a tag may begin or end there.
 */
function fitted(pieces: readonly MessagePart[]): readonly MessagePart[] {
  const text = pieces.map((piece) => piece.text).join(CUT);
  if (!text.includes(EDGE)) return pieces;
  const joined = text.replace(chineseJoint, (joint) => (joint.includes(EDGE) ? joint.replace(' ', '') : joint));
  const texts = joined.replaceAll(EDGE, '').split(CUT);
  return pieces.map((piece, index) => ({ ...piece, text: texts[index] ?? '' }));
}

/** "a, b and c", "a、b 和 c" */
export function listed(names: readonly string[]): string {
  const between = betweenItems(names);
  return names.map((name, index) => (between[index - 1] ?? '') + name).join('');
}

/** What stands behind each item of a list but the last: ", " and " and "; in Chinese "、" and "和", with a space beside Latin. */
export function betweenItems(items: readonly string[]): readonly string[] {
  const pieces = new Intl.ListFormat(locale(), { type: 'conjunction' }).formatToParts(items);
  const between = pieces.flatMap(({ type, value }) => (type === 'literal' ? [value] : []));
  return between.map((word, index) => {
    if (word !== '和') return word;
    const [before, after] = [/[!-~]$/.test(items[index] ?? ''), /^[!-~]/.test(items[index + 1] ?? '')];
    return `${before ? ' ' : ''}${word}${after ? ' ' : ''}`;
  });
}

function tagged(chunk: unknown, tag: string): MessagePart {
  return isPart(chunk) ? chunk : { text: String(chunk), tag };
}

function isPart(piece: unknown): piece is MessagePart {
  return typeof piece === 'object' && piece !== null && 'text' in piece;
}

function messageOf(key: MessageKey): Message | string {
  if (spoken === null) throw new Error(`language: "${key}" is said before speak() was called`);
  const { cache, catalog } = spoken;
  const known = cache.get(key);
  if (known !== undefined) return known;
  const text = textOf(catalog, key);
  if (text === undefined) throw new Error(`language: this catalog has no "${key}"`);
  if (!SYNTAX.test(text)) return text;
  const format = new IntlMessageFormat(text, locale());
  const message = { format, tags: [...text.matchAll(/<(\w+)>/g)].map(([, tag]) => tag ?? '') };
  cache.set(key, message);
  return message;
}

function textOf(catalog: Partial<Catalog>, key: MessageKey): string | undefined {
  const dot = key.indexOf('.');
  const rooms: Readonly<Record<string, Readonly<Record<string, string>> | undefined>> = catalog;
  return rooms[key.slice(0, dot)]?.[key.slice(dot + 1)];
}
