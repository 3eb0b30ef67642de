/**
 * Finds headless and archaic phrases in the comments, strings and page text of the sources. Prints `file:line` with the
 * plain alternative for each, and exits 1 if there are any. Run by `npm run lint`.
 */
import { readFileSync } from 'node:fs';
import { listFiles } from './list-files.ts';
import { styleFaults } from './style.ts';

const files = listFiles(['src', 'scripts', 'bench', 'e2e'])
  // style.ts and its test contain the phrases themselves.
  .filter((file) => /\.(tsx?|py|css|mjs)$/.test(file) && !file.startsWith('scripts/lint/'));

let count = 0;
for (const file of files) {
  for (const { line, phrase, instead } of styleFaults(readFileSync(file, 'utf8'))) {
    console.error(`${file}:${line}: "${phrase}": ${instead}`);
    count++;
  }
}
if (count > 0) process.exitCode = 1;
