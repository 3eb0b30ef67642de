import { readFileSync } from 'node:fs';
import { expect, test } from 'vitest';
import { between } from '../scripts/marked-part.ts';
import { benchmarks, headlines } from './report.ts';

// To mend a failure: npx tsx bench/run.ts --table
test.each([
  ['docs/benchmarks.md', benchmarks],
  ['README.md', headlines],
])('%s shows bench/results', (path, content) => {
  const text = readFileSync(new URL(`../${path}`, import.meta.url), 'utf8');
  expect(text).toBe(between(text, 'bench', content()));
});
