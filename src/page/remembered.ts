/** A choice of the visitor that holds for later visits, by the name under which the browser stores it. */
type Choice = 'language' | 'theme' | 'lab' | 'question';

/** The choice of earlier visits, or null; null, too, where the browser refuses its storage. */
export function remembered(choice: Choice): string | null {
  try {
    return localStorage.getItem(choice);
  } catch {
    return null;
  }
}

/** Stores a choice, or forgets it by null. Where the browser refuses, the choice holds for this visit. */
export function remember(choice: Choice, value: string | null): void {
  try {
    if (value === null) localStorage.removeItem(choice);
    else localStorage.setItem(choice, value);
  } catch {
    // The choice was made on the page, too.
  }
}
