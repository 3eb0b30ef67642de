import { readFileSync } from 'node:fs';
import { expect, test } from 'vitest';
import { between } from '../scripts/marked-part.ts';
import { recorded } from './record.ts';
import { benchmarks, headlines } from './report.ts';

// To mend a failure: npx tsx bench/run.ts --table
test.each([
  ['docs/benchmarks.md', benchmarks],
  ['README.md', headlines],
])('%s shows bench/results', (path, content) => {
  const text = readFileSync(new URL(`../${path}`, import.meta.url), 'utf8');
  expect(text).toBe(between(text, 'bench', content()));
});

test('the README has a dash for what was not measured, and the device that was', () => {
  const without = headlines((name) => {
    const groups = recorded(name)?.groups ?? [];
    return {
      groups: groups.map((group) => ({
        ...group,
        rows: group.rows
          .filter((row) => row.name !== 'PyTorch, 1 thread')
          .map((row) => ({ ...row, detail: row.detail?.replace('2 threads', '8 threads') })),
      })),
    };
  });
  expect(without).toContain('| PyTorch, 1 thread: – |');
  expect(without).toContain('| WebAssembly, 8 threads |');
});
