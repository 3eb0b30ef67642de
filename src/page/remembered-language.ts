import type { Language } from '../language/say.ts';

const STORED = 'language';

/** The language that was chosen on this device, or null; null, too, where the browser refuses its storage. */
export function rememberedLanguage(): string | null {
  try {
    return localStorage.getItem(STORED);
  } catch {
    return null;
  }
}

/** Remembers the language for later visits, where the browser lets the page. */
export function rememberLanguage(language: Language): void {
  try {
    localStorage.setItem(STORED, language);
  } catch {
    // The link holds it, too.
  }
}
