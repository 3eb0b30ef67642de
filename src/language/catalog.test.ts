import { IntlMessageFormat } from 'intl-messageformat';
import { describe, expect, test } from 'vitest';
import { en } from './en/catalog.ts';
import { LOCALES } from './say.ts';
import { zh } from './zh/catalog.ts';

type Ast = ReturnType<IntlMessageFormat['getAst']>;

/** The parameters and tags of a message, each once, sorted. */
function parametersOf(text: string, locale: string): readonly string[] {
  const names = new Set<string>();
  const collect = (elements: Ast) => {
    for (const element of elements) {
      if ('value' in element && element.type !== 0) names.add(element.value);
      if ('options' in element) for (const { value } of Object.values(element.options)) collect(value);
      if ('children' in element) collect(element.children);
    }
  };
  collect(new IntlMessageFormat(text, locale).getAst());
  return [...names].sort();
}

const messages = Object.entries(en).flatMap(([room, texts]) =>
  Object.entries<string>(texts).map(([name, text]) => ({ room, name, text })),
);

function chinese(room: string, name: string): string {
  const rooms: Readonly<Record<string, Readonly<Record<string, string>>>> = zh;
  return rooms[room]?.[name] ?? '';
}

describe('every message', () => {
  test('has the same parameters in both languages', () => {
    for (const { room, name, text } of messages)
      expect({ room, name, parameters: parametersOf(chinese(room, name), LOCALES.zh) }).toEqual({
        room,
        name,
        parameters: parametersOf(text, LOCALES.en),
      });
  });

  test('is said in Chinese with Chinese punctuation', () => {
    const faults = messages.filter(({ room, name }) =>
      /[\u4e00-\u9fff”] ?[,;:!?(]|[,;!?] ?[\u4e00-\u9fff]|\d %/.test(chinese(room, name)),
    );
    expect(faults).toEqual([]);
  });

  test('uses ’ for an apostrophe, since ICU takes the straight one as an escape', () => {
    const faults = messages.filter(({ room, name, text }) => /\w'\w/.test(text + chinese(room, name)));
    expect(faults).toEqual([]);
  });
});
