import { readdirSync, readFileSync } from 'node:fs';
import { expect, test } from 'vitest';
import { descendants, isNode, parseModule, type SyntaxNode } from '../testing/syntax-tree.ts';

/**
 * The rule: **JSX holds no words of its own**. What a visitor reads or hears comes from the catalogs, so that it is there in
 * every language. Names, formulas and units are the same in all and may stand in the code. The gallery, which developers alone see, is made up.
 */

/** Attributes and props whose text is read or heard. */
const SPOKEN =
  /^(aria-(label|description|roledescription|valuetext|placeholder)|title|placeholder|alt|label|hint|text)$/;

/** The same in every language: products and net names. */
const NAMES =
  /ResNet|WebGPU|WebAssembly|JavaScript|Hugging Face|CIFAR-10|ImageNet|GitHub|arXiv|BibTeX|VGG|AlexNet|GoogLeNet|EN|CSV|SVG|PNG|JSON/g;

const hasWords = (text: unknown) => typeof text === 'string' && /[A-Za-z]{2,}/.test(text.replaceAll(NAMES, ''));

function literals(node: SyntaxNode): readonly SyntaxNode[] {
  if (node.type === 'JSXText') return hasWords(node.value) ? [node] : [];
  if (node.type !== 'JSXAttribute' || !isNode(node.name) || !isNode(node.value)) return [];
  if (!SPOKEN.test(String(node.name.name))) return [];
  return [...descendants(node.value)].filter(
    (each) =>
      (each.type === 'Literal' && hasWords(each.value)) ||
      (each.type === 'TemplateElement' && isRecord(each.value) && hasWords(each.value.cooked)),
  );
}

const isRecord = (value: unknown): value is Readonly<Record<string, unknown>> =>
  typeof value === 'object' && value !== null;

/** `say('room.name')` and what selects between messages are keys, not words. */
function wordsIn(code: string, file: string): readonly SyntaxNode[] {
  const program = parseModule(code, file);
  const keys = new Set(
    [...descendants(program)].flatMap((node) =>
      node.type === 'CallExpression' && isNode(node.callee) && /^(say|parts|sentence)$/.test(String(node.callee.name))
        ? [...descendants(node)]
        : [],
    ),
  );
  return [...descendants(program)].flatMap(literals).filter((node) => !keys.has(node));
}

test('words in JSX are found, and keys, names and formulas are not', () => {
  const found = (jsx: string) => wordsIn(`const a = ${jsx};`, 'a.tsx').length;
  expect(found('<p>Train</p>')).toBe(1);
  expect(found('<p title="Train" />')).toBe(1);
  expect(found('<p aria-label={`Cut $' + '{n} now`} />')).toBe(2);
  expect(found("<p title={say('page.train')}>{say('page.train')}</p>")).toBe(0);
  expect(found('<p>F(x) + x, WebGPU</p>')).toBe(0);
});

test('JSX holds no words of its own', () => {
  const root = new URL('../', import.meta.url);
  const files = readdirSync(root, { recursive: true, encoding: 'utf8' }).filter(
    (file) => file.endsWith('.tsx') && !file.endsWith('.test.tsx') && !file.startsWith('gallery'),
  );
  expect(files.length).toBeGreaterThan(50);
  const found = files.flatMap((file) => {
    const code = readFileSync(new URL(file, root), 'utf8');
    return wordsIn(code, file).map(({ start }) => `src/${file}:${code.slice(0, start).split('\n').length}`);
  });
  expect(found).toEqual([]);
});
