/** Something that the browser does not keep, said in one sentence: what, why, and what follows. */
export class StorageError extends Error {
  override readonly name = 'StorageError';

  constructor(what: string, cause: unknown, follows = 'it lasts until the tab is closed') {
    super(`storage: ${what} cannot be kept (${reasonOf(cause)}); ${follows}`, { cause });
  }
}

function reasonOf(cause: unknown): string {
  if (cause instanceof Error && cause.name === 'QuotaExceededError')
    return 'the browser has no more room for this page';
  return cause instanceof Error ? cause.message || cause.name : String(cause);
}
