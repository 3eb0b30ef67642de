import { execFileSync } from 'node:child_process';
import { mkdirSync, mkdtempSync, rmSync, writeFileSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { afterAll, expect, test } from 'vitest';
import { listFiles } from './list-files.ts';

const root = mkdtempSync(join(tmpdir(), 'list-files-'));
afterAll(() => rmSync(root, { recursive: true }));

test('a file that is deleted and not yet staged is not listed; a new one is, and one that git ignores is not', () => {
  execFileSync('git', ['init', '-q'], { cwd: root });
  mkdirSync(join(root, 'src'));
  for (const file of ['src/kept.ts', 'src/deleted.ts', 'beside.ts']) writeFileSync(join(root, file), '');
  writeFileSync(join(root, '.gitignore'), 'ignored.ts\n');
  execFileSync('git', ['add', '-A'], { cwd: root });
  rmSync(join(root, 'src/deleted.ts'));
  for (const file of ['src/新.ts', 'src/ignored.ts']) writeFileSync(join(root, file), '');
  expect(listFiles(['src'], root)).toEqual(['src/kept.ts', 'src/新.ts']);
  expect(listFiles([], root)).toEqual(['.gitignore', 'beside.ts', 'src/kept.ts', 'src/新.ts']);
});
