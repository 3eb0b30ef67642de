import { readdirSync, readFileSync } from 'node:fs';
import { IntlMessageFormat } from 'intl-messageformat';
import { describe, expect, test } from 'vitest';
import { en } from './en/catalog.ts';
import { LOCALES } from './languages.ts';
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

/** The code that says messages, of the page, its workers and the programs in Node. */
function sayingCode(): string {
  const root = new URL('../../', import.meta.url);
  const files = ['src/', 'scripts/'].flatMap((folder) =>
    readdirSync(new URL(folder, root), { recursive: true, encoding: 'utf8' }).map((file) => folder + file),
  );
  const saying = files.filter(
    (file) => /\.tsx?$/.test(file) && !/\.test\.|^src\/(language\/(en|zh)|testing|gallery)\//.test(file),
  );
  return saying.map((file) => readFileSync(new URL(file, root), 'utf8')).join('\n');
}

describe('every message', () => {
  test('is said somewhere, by its key or by a template that makes it', () => {
    const code = sayingCode();
    const keys = new Set([...code.matchAll(/'(\w+\.[\w.-]+)'/g)].map(([, key]) => key));
    const templates = [...code.matchAll(/`(\w+\.[\w.]*\$\{[^`]*)`/g)].map(([, text = '']) => text);
    // Types have `lesson.${string}`, which says nothing.
    const made = templates
      .filter((text) => !/\$\{string\}/.test(text))
      .map((text) => new RegExp(`^${text.replaceAll('.', '\\.').replaceAll(/\$\{[^}]*\}/g, '[\\w-]+')}$`));
    // A template without a fixed part would stand for every message of its room.
    const rooms = Object.keys(en);
    expect(made.filter((pattern) => rooms.some((room) => pattern.test(`${room}.neverSaid`)))).toEqual([]);
    const unsaid = messages.map(({ room, name }) => `${room}.${name}`).filter((key) => !keys.has(key));
    expect(unsaid.filter((key) => !made.some((pattern) => pattern.test(key)))).toEqual([]);
  });

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

  test('is, as the reason why a file or a row is left out, one that may stand after a colon in Chinese', () => {
    const reasons = messages.filter(
      ({ room, name }) => (room === 'data' && /^(file|image|row|skipped)\./.test(name)) || /^png\./.test(name),
    );
    expect(reasons.length).toBeGreaterThan(30);
    expect(reasons.filter(({ room, name }) => /^[的中其]/.test(chinese(room, name)))).toEqual([]);
  });

  test('uses ’ for an apostrophe, since ICU takes the straight one as an escape', () => {
    const faults = messages.filter(({ room, name, text }) => /\w'\w/.test(text + chinese(room, name)));
    expect(faults).toEqual([]);
  });
});
