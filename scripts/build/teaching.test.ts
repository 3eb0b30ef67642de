import { readFileSync } from 'node:fs';
import { describe, expect, test } from 'vitest';
import { presetTimes } from '../../bench/presets.ts';
import packageJson from '../../package.json' with { type: 'json' };
import { PRESET_NAMES } from '../../src/core/experiment/presets.ts';
import { chaptersOf } from '../../src/features/lesson/chapters/chapters.ts';
import { CLAIM_IDS } from '../../src/features/race/story/claim.ts';
import { readLink } from '../../src/features/share/link.ts';
import { readOptions } from '../../src/features/share/link-options.ts';
import { unexpected } from '../../src/testing/unexpected.ts';
import { between } from '../marked-part.ts';
import { htmlOf, teachingHtml } from './teaching.ts';

const read = (path: string) => readFileSync(new URL(`../../${path}`, import.meta.url), 'utf8');
const DOCUMENTS = [
  ['en', read('docs/teaching.md')],
  ['zh', read('docs/teaching.zh.md')],
] as const;

describe.each(DOCUMENTS)('the teacher’s page, %s,', (language, text) => {
  test('has the times of bench/results; `npx tsx bench/run.ts --table` writes them', () => {
    expect(text).toBe(between(text, 'presets', presetTimes(language)));
  });

  test('names presets, chapters and fields that the page knows', () => {
    const addresses = [...text.matchAll(/`(\?[^`\s]+)`/g)].map(
      ([, query = '']) => new URL(query, 'https://example.org/'),
    );
    expect(addresses.length).toBeGreaterThan(PRESET_NAMES.length);
    const fields = [...text.matchAll(/^\| `(\w+)(?:=\w+)?`/gm)].flatMap(([, field = '']) => field);
    expect(fields).toContain('figure');
    const chapters = chaptersOf('full').map(({ number }) => String(number));
    for (const address of addresses) {
      readLink(address);
      readOptions(address, unexpected);
      for (const field of address.searchParams.keys()) expect(fields).toContain(field);
      const chapter = address.searchParams.get('chapter');
      if (chapter !== null) expect(chapters).toContain(chapter);
    }
  });

  test('leads within itself to places that are there', () => {
    const targets = [...text.matchAll(/\]\(#([\w-]+)\)/g)].map(([, id]) => id);
    expect(targets).toHaveLength(10);
    for (const id of targets) expect(text).toContain(`<a id="${id}"></a>`);
  });

  test('cites this version', () => {
    expect(text).toContain(`version = {${packageJson.version}}`);
  });

  test('teaches no cause that is not known', () => {
    expect(text).not.toMatch(/vanish|梯度消失/i);
  });
});

test('the scripting document has a row for each claim of the story', () => {
  const rows = [...read('docs/scripting.md').matchAll(/^\| `([a-z-]+)` \| /gm)].map(([, id]) => id);
  expect(rows).toEqual(expect.arrayContaining([...CLAIM_IDS]));
});

test('the built page asks its own host alone', () => {
  const html = teachingHtml('./teaching.js');
  expect(html.match(/(src|href)="(?!\.\/|#|\?|data:)[^"]*"/g)).toBeNull();
  expect(html).toContain('<a href="./?chapter=5"><code>?chapter=5</code></a>');
  expect(htmlOf('[a](hosting.md) `<b>` <!-- c -->')).toBe('<p>a <code>&lt;b&gt;</code> </p>\n');
});
