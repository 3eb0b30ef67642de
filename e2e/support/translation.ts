import type { Page } from '@playwright/test';

/**
 * Translates the page as Chrome does, into the language that it is in: every text node, now and whenever one comes, is
 * replaced by two nested `<font>` with the text. What is marked `translate="no"` stays.
 */
export async function translatePage(page: Page): Promise<void> {
  await page.evaluate(() => {
    const font = () => {
      const element = document.createElement('font');
      element.style.verticalAlign = 'inherit';
      return element;
    };
    const replace = (text: Text) => {
      const parent = text.parentElement;
      if (parent === null || parent.closest('font, script, style, [translate="no"], .notranslate') !== null) return;
      const [outer, inner] = [font(), font()];
      inner.textContent = text.data;
      outer.append(inner);
      parent.replaceChild(outer, text);
    };
    const translate = (root: Node) => {
      const walker = document.createTreeWalker(root, NodeFilter.SHOW_TEXT);
      const texts: Text[] = [];
      for (let node = walker.nextNode(); node !== null; node = walker.nextNode()) {
        if (node instanceof Text) texts.push(node);
      }
      for (const text of texts) replace(text);
    };
    new MutationObserver((changes) => {
      for (const { type, target, addedNodes } of changes) {
        if (type === 'characterData' && target instanceof Text) replace(target);
        for (const node of addedNodes) {
          if (node instanceof Text) replace(node);
          else translate(node);
        }
      }
    }).observe(document.body, { childList: true, characterData: true, subtree: true });
    translate(document.body);
  });
}
