// @vitest-environment happy-dom
import { expect, test, vi } from 'vitest';

const PAGE = `
  <nav><a href="?lang=en" data-language="en">EN</a><a href="?lang=zh" data-language="zh">中文</a></nav>
  <article id="en"><h1>Teaching</h1><a id="plan-45"></a></article>
  <article id="zh"><h1>教学</h1><a id="zh-plan-45"></a></article>`;

test('a link to a part leads to it in its own language, and a change of language to the same part', async () => {
  const came: string[] = [];
  vi.spyOn(Element.prototype, 'scrollIntoView').mockImplementation(function (this: Element) {
    came.push(this.id);
  });
  document.body.innerHTML = PAGE;
  history.replaceState(null, '', '?lang=zh#plan-45');
  await import('./teaching.ts');
  const shown = () => [...document.querySelectorAll('article')].filter(({ hidden }) => !hidden).map(({ id }) => id);
  const choose = (language: string) =>
    document.querySelector<HTMLElement>(`nav a[data-language="${language}"]`)?.click();
  expect(shown()).toEqual(['en']);
  choose('zh');
  expect(shown()).toEqual(['zh']);
  expect(location.search + location.hash).toBe('?lang=zh#zh-plan-45');
  choose('en');
  expect(shown()).toEqual(['en']);
  expect(came).toEqual(['plan-45', 'zh-plan-45', 'plan-45']);
  history.replaceState(null, '', '?lang=en#zh-plan-45');
  dispatchEvent(new Event('hashchange'));
  expect(shown()).toEqual(['zh']);
  history.replaceState(null, '', '?lang=zh');
  choose('en');
  expect(location.search + location.hash).toBe('?lang=en');
});
