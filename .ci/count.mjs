// The closing line "N passed, N failed", from what Vitest, Playwright and `npm run browsers` wrote down.
import { existsSync, readFileSync } from 'node:fs';

const read = (name) => {
  const file = `test-results/${name}.json`;
  return existsSync(file) ? JSON.parse(readFileSync(file, 'utf8')) : null;
};
const unit = read('unit');
const e2e = read('e2e')?.stats;
const browsers = read('browsers');
const passed = (unit?.numPassedTests ?? 0) + (e2e?.expected ?? 0) + (browsers?.passed ?? 0);
const failed = (unit?.numFailedTests ?? 0) + (e2e?.unexpected ?? 0) + (e2e?.flaky ?? 0) + (browsers?.failed ?? 0);
const skipped = (unit?.numPendingTests ?? 0) + (e2e?.skipped ?? 0);
if (skipped > 0) console.log(`${skipped} skipped: they need PyTorch or Keras, or another machine`);
// A step that breaks before its tests run, such as the linter, has none to count.
const broken = process.argv[2] !== '0' && failed === 0;
console.log(`${passed} passed, ${failed + (broken ? 1 : 0)} failed`);
