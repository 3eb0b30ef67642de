/** Globs of the tests that give a whole thread a DOM, a database or other modules, and so have a thread of their own each. */
export const ISOLATED_TESTS: readonly string[] = [
  'src/{embed,page,store,teaching,workers/library}/**/*.test.ts',
  'src/**/*.test.tsx',
  'src/testing/earlier-versions.test.ts',
  // Has all of tfjs.
  'src/engine/drawn-nets.test.ts',
];
