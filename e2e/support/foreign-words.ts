import type { Page } from '@playwright/test';

/** Names and notations that are the same in every language. */
const SAME_EVERYWHERE: readonly RegExp[] = [
  // Also as it is broken or cut where a chart has little room.
  /\b(plain|ResNet|VGG)-\d+\b(, [\w-]*…)?|\bpre-(activation\b|a[\w-]*…)/g,
  /\b(ResNet|Highway|AlexNet|GoogLeNet|VGG|BN-inception|PReLU-net|ILSVRC|Maxout|NIN|DSN|FitNet)\b/g,
  /\b(Noto|Twemoji|Fluent|OpenMoji|Google|Twitter|Microsoft|Emoji|Iconify)\b/gi,
  /\b(wasm|webgpu|CIFAR|WebGPU|WebAssembly|JavaScript|SwiftShader|PyTorch|Keras|TensorFlow|tfjs|Hugging Face|GitHub|ImageNet|CIFAR-10|MNIST|Fashion-MNIST)\b/gi,
  /\b(SIMD|Ctrl|PgDn|CSV|SVG|PNG|JPEG|ZIP|TAR|IDX|Parquet|JSON|EN|ReLU|BN|softmax|top-[15]|crop|safetensors|torchvision|MB|kB|GB)\b/gi,
  /\b(He|Zhang|Ren|Sun|et al|arXiv|BibTeX|Veit|Wilber|Belongie|Balduzzi|Yang|De|Smith|Li|Apache)\b/g,
  /\b[xyFgsk]\b|\bF\(x\)/g,
];

/** A word that is no name: three or more Latin letters. */
const WORD = /[A-Za-z]{3,}/;

const CHINESE = /[\u4e00-\u9fff]/;

/** Four words in a row: an English phrase in a Chinese sentence, which a cited name is not. */
const PHRASE = /(?:[A-Za-z]{2,} ){3}[A-Za-z]{2,}/;

/** A quotation of a source in its own words. */
const QUOTED = /“[^”]*”/g;

/** What is read or heard on a page of another language and still holds English words, each text once. */
export async function englishWords(page: Page, part = 'body'): Promise<readonly string[]> {
  const texts = await page.evaluate((selector) => {
    const roots = [...document.querySelectorAll(selector)];
    if (roots.length === 0) throw new Error(`no ${selector} to read`);
    const found = new Set<string>();
    const read = (node: Node) => {
      if (node instanceof Element) {
        if (node.closest('[lang="en"]') !== null) return;
        for (const name of ['aria-label', 'aria-description', 'aria-valuetext', 'title', 'placeholder', 'alt'])
          found.add(node.getAttribute(name) ?? '');
        return;
      }
      const { parentElement: parent } = node;
      // Text of another language says so: net names, and the switch to English.
      if (parent === null || parent.closest('script, style, noscript, .no-start, code, pre, [lang="en"]') !== null)
        return;
      found.add((node.textContent ?? '').trim());
    };
    for (const root of roots) {
      const walker = document.createTreeWalker(root, NodeFilter.SHOW_ELEMENT | NodeFilter.SHOW_TEXT);
      for (let node = walker.nextNode(); node !== null; node = walker.nextNode()) read(node);
    }
    return [...found];
  }, part);
  return texts.filter((text) => {
    const left = SAME_EVERYWHERE.reduce((rest, names) => rest.replace(names, ''), text);
    return CHINESE.test(text) ? PHRASE.test(left.replace(QUOTED, '')) : WORD.test(left);
  });
}
