import { readdirSync, readFileSync } from 'node:fs';
import { matchesGlob } from 'node:path';
import { expect, test } from 'vitest';
import { ISOLATED_TESTS } from './isolated-tests.ts';

/** What changes a thread for good: a database, a DOM, other modules. */
const CHANGES_A_THREAD = /^import 'fake-indexeddb\/auto'|^\/\/ @vitest-environment |^vi\.(doM|m)ock\(/m;

test('no test gives a thread that it shares a database, a DOM or other modules', () => {
  const root = new URL('../../', import.meta.url);
  const changing = ['src', 'scripts', 'bench']
    .flatMap((folder) =>
      readdirSync(new URL(folder, root), { recursive: true, encoding: 'utf8' }).map((file) => `${folder}/${file}`),
    )
    .filter((file) => /\.test\.tsx?$/.test(file) && CHANGES_A_THREAD.test(readFileSync(new URL(file, root), 'utf8')));
  expect(changing).toContain('src/workers/library/library.test.ts');
  expect(changing.filter((file) => !ISOLATED_TESTS.some((glob) => matchesGlob(file, glob)))).toEqual([]);
});
