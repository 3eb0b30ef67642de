import { expect, test } from 'vitest';
import { type KeyPress, pageKeyOf } from './page-key.ts';

function press(key: string, code: string, more: Partial<KeyPress> = {}) {
  const held = { ctrlKey: false, altKey: false, metaKey: false, shiftKey: false, repeat: false };
  const none = { ...held, isComposing: false, keyCode: 0 };
  return pageKeyOf({ key, code, ...none, ...more });
}

test.each([
  ['as usual', 's', 'KeyS', 'step'],
  ['as usual', 'l', 'KeyL', 'lab'],
  ['as usual', 'f', 'KeyF', 'present'],
  ['with Caps Lock', 'S', 'KeyS', 'step'],
  ['with Caps Lock', 'R', 'KeyR', 'reset'],
  ['of a Russian layout', 'ы', 'KeyS', 'step'],
  ['of a Russian layout with Caps Lock', 'К', 'KeyR', 'reset'],
  ['of a Greek layout', 'σ', 'KeyS', 'step'],
  ['of a Hebrew layout', 'ר', 'KeyR', 'reset'],
  ['of a Hindi layout, where it is a mark', 'े', 'KeyS', 'step'],
  ['of an input method with wide letters', 'ｓ', 'KeyS', 'step'],
  ['of Dvorak, where s is elsewhere', 's', 'Semicolon', 'step'],
  ['of Dvorak, where r is elsewhere', 'r', 'KeyO', 'reset'],
  ['of Dvorak, in the place of s', 'o', 'KeyS', null],
  ['of Dvorak, in the place of r', 'p', 'KeyR', null],
  ['of a French layout', '?', 'KeyM', 'help'],
  ['of an Arabic layout', '؟', 'Slash', 'help'],
  ['of a German layout with AltGr', 'ß', 'KeyS', null],
  ['of a Polish layout with AltGr', 'ś', 'KeyS', null],
  ['that is long', 'Shift', 'ShiftLeft', null],
  ['that an input method takes', 'Process', 'KeyS', null],
  ['that is dead', 'Dead', 'KeyS', null],
  ['of no place', 'Unidentified', '', null],
] as const)('a key %s: %s at %s', (_, key, code, does) => {
  expect(press(key, code)).toBe(does);
});

test.each<Partial<KeyPress>>([
  { ctrlKey: true },
  { altKey: true },
  { metaKey: true },
  { isComposing: true },
  // As Safari tells of the key that ends a composition.
  { keyCode: 229 },
])('nothing with %j', (held) => {
  for (const [key, code] of [
    ['s', 'KeyS'],
    ['r', 'KeyR'],
    [' ', 'Space'],
    ['?', 'Slash'],
  ] as const) {
    expect(press(key, code, held)).toBeNull();
  }
});

test('a key that is held counts once, but for steps', () => {
  expect(press(' ', 'Space', { repeat: true })).toBeNull();
  expect(press('r', 'KeyR', { repeat: true })).toBeNull();
  expect(press('u', 'KeyU', { repeat: true })).toBeNull();
  expect(press('s', 'KeyS', { repeat: true })).toBe('step');
});

test('a question mark may need Shift, a letter must not have it', () => {
  expect(press('?', 'Slash', { shiftKey: true })).toBe('help');
  expect(press('R', 'KeyR', { shiftKey: true })).toBeNull();
});
