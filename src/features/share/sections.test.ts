import { expect, test } from 'vitest';
import { createSections, readHidden, SECTIONS, withHidden } from './sections.ts';

const page = new URL('https://example.org/some/?backend=wasm#v=1&experiment=x');

test('what an address leaves out is read from it again, and nothing else of it changes', () => {
  const address = withHidden(page, ['family', 'lab']);
  expect(readHidden(address)).toEqual(['lab', 'family']);
  expect([address.searchParams.get('backend'), address.hash]).toEqual(['wasm', page.hash]);
  expect(withHidden(address, []).href).toBe(page.href);
  expect(readHidden(withHidden(page, SECTIONS))).toEqual(SECTIONS);
});

test('a part that there is not is refused by name', () => {
  expect(() => readHidden(new URL('?hide=lab,curves', page))).toThrow(
    'hide: "curves" is not one of lab, inside, predictions, family',
  );
  expect(() => readHidden(new URL('?hide=', page))).toThrow('hide: ""');
});

test('a part is hidden and shown again', () => {
  const parts = createSections();
  const hidden = () => parts.store.getState().hidden;
  parts.hide(['inside']);
  parts.toggle('lab');
  expect(hidden()).toEqual(['inside', 'lab']);
  parts.toggle('inside');
  expect(hidden()).toEqual(['lab']);
});
