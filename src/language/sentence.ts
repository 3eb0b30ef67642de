import { type MessageKey, type MessageValues, say } from './say.ts';

/** A message and its parameters: plain data, which a worker can send and the page can say in its own language. */
export interface Sentence {
  readonly key: MessageKey;
  readonly values: Readonly<Record<string, string | number | Date>>;
}

export function sentence<K extends MessageKey>(key: K, ...[values]: MessageValues<K>): Sentence {
  return { key, values: { ...values } };
}

/** The text of a sentence in the language of here and now. */
export function sayIt({ key, values }: Sentence): string {
  // `sentence` has checked the parameters against the key.
  return (say as (key: MessageKey, values: Sentence['values']) => string)(key, values);
}

/** An error that people read. Its message is in the language it was thrown in; the page says `sentence` in its own. */
export class SaidError extends Error {
  override readonly name: string = 'SaidError';
  readonly sentence: Sentence;

  constructor(sentence: Sentence, options?: ErrorOptions) {
    super(sayIt(sentence), options);
    this.sentence = sentence;
  }
}
