import { readFileSync } from 'node:fs';
import { runInNewContext } from 'node:vm';
import { expect, test } from 'vitest';
import { inWindow } from '../scripts/build/first-frame.ts';
import { firstFrame } from './first-frame.tsx';
import { en } from './language/en/catalog.ts';
import { languageOfVisit } from './language/languages.ts';

const INDEX = readFileSync(new URL('../index.html', import.meta.url), 'utf8');
const SCRIPTS = [...INDEX.matchAll(/<script>([\s\S]*?)<\/script>/g)].map(([, text = '']) => text);

interface Visit {
  readonly search?: string;
  readonly hash?: string;
  /** What the browser keeps; null where it refuses its storage. */
  readonly kept?: Readonly<Record<string, string>> | null;
  readonly languages?: readonly string[];
  readonly phone?: boolean;
}

/** The template that index.html shows on a visit, or null where it shows none. */
function shownOn({ search = '', hash = '', kept = {}, languages = ['en-GB'], phone = false }: Visit): string | null {
  const script = SCRIPTS.find((text) => text.includes("'first-frame'") && text.includes('template'));
  if (script === undefined) throw new Error('index.html: no script of the first frame');
  let asked: string | null = null;
  const shown: unknown[] = [];
  const element = { append: (...nodes: unknown[]) => shown.push(...nodes), querySelectorAll: () => [] };
  runInNewContext(script, {
    URLSearchParams,
    location: { search, hash },
    navigator: { languages },
    matchMedia: (query: string) => ({ matches: phone && query === '(max-width: 640px)' }),
    localStorage: {
      getItem: (key: string) => {
        if (kept === null) throw new Error('refused');
        return kept[key] ?? null;
      },
    },
    document: {
      documentElement: {},
      createElement: () => element,
      getElementById: (id: string) => {
        if (id === 'root') return element;
        asked = id;
        return { lang: '', content: { childNodes: [] } };
      },
    },
  });
  return shown.length > 0 ? asked : null;
}

test.each([
  ['', {}, ['en-GB']],
  ['', {}, ['zh-CN', 'en']],
  ['', {}, ['zh-Hant-TW']],
  ['', {}, ['fr', 'zh']],
  ['', {}, ['fr', 'de']],
  ['', {}, []],
  ['?lang=zh', {}, ['en']],
  ['?lang=en-US', {}, ['zh']],
  ['?lang=zh.', {}, ['en']],
  ['?lang=', {}, ['zh']],
  ['?lang=fr', { language: 'zh' }, ['en']],
  ['?theme=dark', { language: 'en' }, ['zh']],
  ['', null, ['zh']],
] as const)('the first frame has the page’s language: %s, kept %j, %j', (search, kept, languages) => {
  const language = languageOfVisit(search, kept === null ? null : 'language' in kept ? kept.language : null, languages);
  expect(shownOn({ search, kept, languages })).toBe(`first-frame-${language}-wide`);
});

test('a phone has its own', () => {
  expect(shownOn({ phone: true, languages: ['zh'] })).toBe('first-frame-zh-phone');
});

test.each([
  { search: '?preset=twins' },
  { search: '?chapter=2' },
  { search: '?lang=zh&lesson=off' },
  { hash: '#x=abc' },
  { hash: '#family' },
  { kept: { lesson: '{"on":true,"waiting":3}' } },
  { kept: { lab: 'open' } },
])('what the page would show otherwise has none: %j', (visit) => {
  expect(shownOn(visit)).toBeNull();
});

test('the frame is the header and the first question, without styles in HTML', async () => {
  const { html, lang } = await inWindow('wide', () => firstFrame('zh'));
  expect(lang).toBe('zh-CN');
  expect(html).toContain('网络越深，学得越好吗？');
  expect(html).toContain('训练');
  expect(html).not.toContain(' style=');
});

test('what says why a page cannot start is read by browsers of 2016', () => {
  expect(SCRIPTS.at(-1)).toContain('too-old');
  expect(SCRIPTS.at(-1)).not.toMatch(/\?\.|\?\?|catch \{|`/);
});

test('before the page has a language of its own, its description is English, and so is what says why it cannot start', () => {
  expect(INDEX).toContain(`content="${en.page.description}"`);
  const whys = INDEX.slice(INDEX.indexOf('id="from-file"'));
  expect([...whys.matchAll(/<p(.*)>/g)].map(([, language]) => language)).toEqual(
    Array(3).fill([' lang="en"', ' lang="zh-CN"']).flat(),
  );
});
