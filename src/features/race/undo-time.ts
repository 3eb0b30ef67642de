/** How long a race that was reset or replaced can be brought back. */
export const UNDO_MILLISECONDS = 10_000;
