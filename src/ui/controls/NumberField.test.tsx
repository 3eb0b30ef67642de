import { renderToStaticMarkup } from 'react-dom/server';
import { expect, test } from 'vitest';
import { DraftNumber, NumberField } from './NumberField.tsx';

test.each([
  ['numeric', { min: 1, max: 64, whole: true }],
  ['decimal', { min: 0, max: 0.9, whole: false }],
  ['text', { min: -4, max: 4, whole: false }],
  ['text', { min: -4, max: 4, whole: true }],
] as const)('a phone shows a keyboard with all signs of a range: %s for %o', (keyboard, range) => {
  const field = <NumberField label="" value={1} range={range} onCommit={() => {}} />;
  const draft = <DraftNumber label="" value={1} range={range} step={1} onChange={() => {}} />;
  for (const each of [field, draft]) expect(renderToStaticMarkup(each)).toContain(`inputMode="${keyboard}"`);
});
