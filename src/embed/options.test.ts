import { expect, test } from 'vitest';
import { PRESETS } from '../core/experiment/presets.ts';
import { readLink, writeLink } from '../features/share/link.ts';
import { readEmbedOptions, wholePage } from './options.ts';

const WIDGET = new URL('https://example.org/toy/embed.html');
const OWN = { ...PRESETS.twins, recipe: { ...PRESETS.twins.recipe, seed: 7 } };

test('the whole page has the race of the widget: its experiment also where a chapter is named, which asks its question', () => {
  const address = writeLink(WIDGET, OWN);
  address.searchParams.set('chapter', '3');
  expect(readEmbedOptions(address).experiment).toEqual(OWN);
  const page = wholePage(address, 'zh');
  expect(page.searchParams.has('chapter')).toBe(false);
  expect(readLink(page).experiment).toEqual(OWN);
});

test('a chapter without a race of its own is refused, as one that is not there', () => {
  for (const chapter of ['8', '10'])
    expect(() => readEmbedOptions(new URL(`?chapter=${chapter}`, WIDGET))).toThrow(
      `chapter: "${chapter}" is not one of 1, 2, 3, 4, 5, 6, 7, 9`,
    );
  expect(readEmbedOptions(new URL('?chapter=9', WIDGET)).experiment.lanes.length).toBeGreaterThan(1);
});

test('a chapter or preset of the widget is that of the page', () => {
  const of = (query: string) => wholePage(new URL(query, WIDGET), 'en').href;
  expect(of('?chapter=3&parts=nets')).toBe('https://example.org/toy/?chapter=3&lang=en');
  expect(of('?preset=twins&theme=dark')).toBe('https://example.org/toy/?preset=twins&lang=en');
  expect(of('?parts=nets')).toBe('https://example.org/toy/?preset=degradation&lang=en');
});
