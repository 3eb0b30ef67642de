import { expect, test } from 'vitest';
import { lesionReading } from './readings.ts';

test('the sentence under lesions has the baseline in it', () => {
  const said = lesionReading(150, [{ lane: 'ResNet-32', value: 3.3 }], { answer: 'Noto', error: 73 });
  expect(said.map(({ text }) => text).join('')).toBe(
    'After 150 steps, one lesion costs on average 3.3 points in ResNet-32. Always answering “Noto” is wrong 73.0% of the time.',
  );
});
