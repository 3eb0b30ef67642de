// @vitest-environment happy-dom
import { expect, onTestFinished, test, vi } from 'vitest';

/** Every element is near the window. */
class Near implements Pick<IntersectionObserver, 'observe' | 'disconnect'> {
  readonly #hear: (entries: readonly { readonly isIntersecting: boolean }[]) => void;
  constructor(hear: (entries: readonly { readonly isIntersecting: boolean }[]) => void) {
    this.#hear = hear;
  }
  observe(): void {
    this.#hear([{ isIntersecting: true }]);
  }
  disconnect(): void {}
}
vi.stubGlobal('IntersectionObserver', Near);

/** The address of the frame that the element makes with these attributes. */
async function addressOf(attributes: string): Promise<URL> {
  // happy-dom loads no frame, and would complain.
  const appended = vi.spyOn(Element.prototype, 'append').mockImplementation(() => {});
  onTestFinished(() => appended.mockRestore());
  await import('./element.ts');
  document.body.innerHTML = `<resnet-playground ${attributes}></resnet-playground>`;
  onTestFinished(() => document.body.replaceChildren());
  const [frame] = appended.mock.lastCall ?? [];
  return new URL(frame instanceof HTMLIFrameElement ? frame.src : expect.fail('no frame'));
}

/** What the element asks of embed.html with these attributes, but for theme and language. */
async function askedOf(attributes: string): Promise<string> {
  const address = await addressOf(attributes);
  for (const name of ['theme', 'lang']) address.searchParams.delete(name);
  return address.search + address.hash;
}

test.each([
  ['https://example.org/toy/?preset=twins', '?preset=twins'],
  ['https://example.org/toy/?preset=twins&amp;words=abc&amp;lang=zh', '?preset=twins'],
  ['https://example.org/toy/?chapter=3', '?chapter=3'],
  ['https://example.org/toy/?lang=zh#v=2&amp;x=abc', '#v=2&x=abc'],
  ['https://example.org/toy/#v=2&amp;x=abc', '#v=2&x=abc'],
  ['#v=2&amp;x=abc', '#v=2&x=abc'],
  ['v=2&amp;x=abc', '#v=2&x=abc'],
  ['v=1&amp;experiment={%22name%22:%22why?%22}', '#v=1&experiment={%22name%22:%22why?%22}'],
])('a link of the page may be given as it was copied: %s', async (link, asked) => {
  expect(await askedOf(`experiment="${link}"`)).toBe(asked);
});

test('a preset or a chapter of the link goes before that of an attribute', async () => {
  expect(await askedOf('experiment="https://example.org/toy/?preset=tiny" preset="twins"')).toBe('?preset=tiny');
  expect(await askedOf('experiment="https://example.org/toy/" preset="twins"')).toBe('?preset=twins');
});

test.each([
  ['zh', 'zh'],
  ['ZH-Hant-TW', 'zh'],
  ['en-US', 'en'],
  ['zha', 'en'],
])('where the language is %s, the widget speaks %s', async (tag, spoken) => {
  expect((await addressOf(`lang="${tag}"`)).searchParams.get('lang')).toBe(spoken);
});
