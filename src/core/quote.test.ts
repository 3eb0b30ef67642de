import fc from 'fast-check';
import { expect, test } from 'vitest';
import { sayIt } from '../language/sentence.ts';
import { cutName, printable, quote, someOf } from './quote.ts';

const HIDDEN = /[\p{Cc}\p{Cf}\p{Cs}]/u;

test('a short text is quoted as it is', () => {
  expect(quote('ResNet-20')).toBe('"ResNet-20"');
  expect(quote('he said "no" \\ left')).toBe('"he said \\"no\\" \\\\ left"');
  expect(printable('Käfer/❤️ 鳥.png')).toBe('Käfer/❤️ 鳥.png');
  expect(quote('x'.repeat(60))).toBe(`"${'x'.repeat(60)}"`);
});

test('a long text keeps its beginning and its end', () => {
  expect(printable(`${'a'.repeat(10_000)}.png`)).toBe(`${'a'.repeat(40)}…${'a'.repeat(15)}.png`);
  expect(quote('x'.repeat(61))).toBe(`"${'x'.repeat(40)}…${'x'.repeat(19)}"`);
});

test('control, bidi and zero-width characters are visible', () => {
  expect(printable('a\u0000b\u001b[2Jc\u0085')).toBe('a\\u0000b\\u001b[2Jc\\u0085');
  expect(printable('cat\u202egnp.exe\u2066\u200f')).toBe('cat\\u202egnp.exe\\u2066\\u200f');
  expect(printable('zero\u200bwidth\ufeff\u2060\u00ad\u3164')).toBe('zero\\u200bwidth\\ufeff\\u2060\\u00ad\\u3164');
  expect(printable('lines\nand\u2028more')).toBe('lines\\u000aand\\u2028more');
  expect(printable('tag\u{e0041}, half \ud83d')).toBe('tag\\u{e0041}, half \\ud83d');
});

test('what is no text is quoted as JSON, whatever it is', () => {
  const cyclic: Record<string, unknown> = {};
  cyclic.self = cyclic;
  expect(quote(Number.NaN)).toBe('NaN');
  expect(quote(null)).toBe('null');
  expect(quote(undefined)).toBe('nothing');
  expect(quote(() => 1)).toBe('nothing');
  expect(quote(5n)).toBe('5n');
  expect(quote(cyclic)).toBe('an object that JSON cannot hold');
  expect(quote({ a: ['\u202e'] })).toBe('{"a":["\\u202e"]}');
  expect(quote(Array.from({ length: 1000 }, (_, index) => index)).length).toBeLessThan(62);
});

test('a name that is cut keeps whole characters', () => {
  expect(cutName('x'.repeat(61))).toBe('x'.repeat(60));
  expect(cutName(`${'x'.repeat(59)}😀`)).toBe('x'.repeat(59));
  expect(cutName('😀😀', 3)).toBe('😀');
});

test('a list says how many it leaves out', () => {
  expect(sayIt(someOf(['a', 'b']))).toBe('a, b');
  expect(sayIt(someOf(['a', 'b', 'c', 'd'], 2))).toBe('a, b and 2 more');
});

test('no input makes a quotation long, invisible or ill-formed', () => {
  const text = fc.oneof(fc.string({ unit: 'binary', maxLength: 300 }), fc.string({ unit: 'grapheme', maxLength: 300 }));
  fc.assert(
    fc.property(fc.oneof(text, fc.anything()), (input) => {
      const quoted = quote(input);
      expect([...quoted].length).toBeLessThanOrEqual(62);
      expect(quoted).not.toMatch(HIDDEN);
    }),
    { numRuns: 2000 },
  );
});
