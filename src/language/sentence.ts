import type { MessageKey, MessageValues } from './messages.ts';

/** A message and its parameters: plain data, which a worker can send and the page can say in its own language. */
export interface Sentence {
  readonly key: MessageKey;
  readonly values: Readonly<Record<string, Phrase | number | Date>>;
}

/** A message, or text that is the same in every language: a name, or what a browser says itself. */
export type Phrase = Sentence | string;

/** The parameters of a message, where a text may be a message, too. */
type SentenceValues<K extends MessageKey> =
  MessageValues<K> extends readonly [infer Values]
    ? [values: { readonly [P in keyof Values]: Values[P] extends number | Date ? Values[P] : Values[P] | Sentence }]
    : [];

export function sentence<K extends MessageKey>(key: K, ...[values]: SentenceValues<K>): Sentence {
  return { key, values: { ...values } };
}

/** Says a message with its parameters, which are texts and numbers. */
type Speaker = (key: MessageKey, values: Readonly<Record<string, string | number | Date>>) => string;

/** Workers send sentences to the page and speak no language: there a key and its parameters stand for the text. */
let speaker: Speaker = (key, values) => (Object.keys(values).length === 0 ? key : `${key} ${JSON.stringify(values)}`);

let tag = 'en-GB';

/** Has sentences said by `speak` in the language of this tag, which a realm with a language calls (`say.ts`). */
export function sayBy(speak: Speaker, language: string): void {
  speaker = speak;
  tag = language;
}

/** The tag of the language of here and now for `Intl` and `lang`; English before one is chosen, and in workers. */
export function locale(): string {
  return tag;
}

/** The text of a phrase in the language of here and now. */
export function sayIt(phrase: Phrase): string {
  if (typeof phrase === 'string') return phrase;
  const { key, values } = phrase;
  const said = Object.entries(values).map(([name, value]) => [name, isSentence(value) ? sayIt(value) : value] as const);
  return speaker(key, Object.fromEntries(said));
}

/**
 * A phrase that stands alone, as a sentence. In English one that begins with a plain word has a capital there; a name, a file
 * or a field (`experiment.seed`, or `preset: "nope"` before its value) stays as it is.
 */
export function sayAlone(phrase: Phrase): string {
  const text = sayIt(sentence('errors.sentence', { sentence: phrase }));
  return locale().startsWith('en')
    ? text.replace(/^[a-z](?=[a-z]*( |: (?!")))/, (letter) => letter.toUpperCase())
    : text;
}

/** "a, b and 3 more"; `most` of the items are named. Empty for none. */
export function listOf(items: readonly Phrase[], most: number = items.length): Phrase {
  const named = items.slice(0, most);
  const list = named.reduceRight<Phrase>(
    (rest, first) => (rest === '' ? first : sentence('errors.list', { first, rest })),
    '',
  );
  const more = items.length - named.length;
  return more > 0 ? sentence('errors.list.more', { list, more }) : list;
}

/** What an error says: its sentence where it has one, else its message, in whatever language that is. */
export function phraseOf(error: unknown): Phrase {
  if (!(error instanceof Error)) return String(error);
  // One that came from a worker has its sentence, and another class.
  return 'sentence' in error && isSentence(error.sentence) ? error.sentence : error.message;
}

function isSentence(value: unknown): value is Sentence {
  return typeof value === 'object' && value !== null && 'key' in value;
}

/**
 * An error that people read. Its message is in the language of where it was thrown, if there is one; the page says
 * `sentence` in its own.
 */
export class SaidError extends Error {
  override readonly name: string = 'SaidError';
  readonly sentence: Sentence;

  constructor(sentence: Sentence, options?: ErrorOptions) {
    super(sayIt(sentence), options);
    this.sentence = sentence;
  }
}
