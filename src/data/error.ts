/**
 * Data that cannot be used, said in one sentence: what it is about, what is wrong and where, what to do. For
 * example `data file: emoji.png is cut short (10 of 4,000 bytes); run "npm run data" or reload the page`.
 */
export class DataError extends Error {
  override readonly name: string = 'DataError';

  constructor(what: string, problem: string, remedy: string, cause?: unknown) {
    super(`${what}: ${problem}; ${remedy}`, cause === undefined ? {} : { cause });
  }
}
