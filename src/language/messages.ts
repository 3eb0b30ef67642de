/** The types of messages: their keys, and the parameters that TypeScript reads from the English text. */
import type { GetICUArgs } from '@schummar/icu-type-parser';
import type { en } from './en/catalog.ts';

type English = typeof en;

/** The same rooms and keys as in English, in any words. */
export type Catalog = { readonly [R in keyof English]: { readonly [N in keyof English[R]]: string } };

/** `room.name` of a message. */
export type MessageKey = { [R in keyof English]: `${R}.${keyof English[R] & string}` }[keyof English];

type TextOf<K> = K extends `${infer R}.${infer N}`
  ? R extends keyof English
    ? N extends keyof English[R]
      ? English[R][N] & string
      : never
    : never
  : never;

type Values<K> = GetICUArgs<
  TextOf<K>,
  { ICUArgument: string | number; ICUNumberArgument: number; ICUDateArgument: Date | number }
>;

/** The parameters of a message, as the rest of the arguments: none where it has none. */
export type MessageValues<K extends MessageKey> = keyof Values<K> extends never ? [] : [values: Readonly<Values<K>>];
