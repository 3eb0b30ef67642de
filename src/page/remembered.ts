/** A choice of the visitor that holds for later visits, by the name under which the browser stores it. */
type Choice = 'language' | 'theme' | 'lab' | 'question';

/** The choices of this visit, which hold where the browser refuses to store them, too; null is one that was taken back. */
const chosen = new Map<Choice, string | null>();

/** The choice of this visit, else that of earlier ones; null where there is none, or the browser refuses its storage. */
export function remembered(choice: Choice): string | null {
  const now = chosen.get(choice);
  if (now !== undefined) return now;
  try {
    return localStorage.getItem(choice);
  } catch {
    return null;
  }
}

/** Stores a choice, or forgets it by null. Where the browser refuses, the choice holds for this visit. */
export function remember(choice: Choice, value: string | null): void {
  chosen.set(choice, value);
  try {
    if (value === null) localStorage.removeItem(choice);
    else localStorage.setItem(choice, value);
  } catch {
    // It holds in `chosen`.
  }
}
