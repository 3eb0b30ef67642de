import { type Language, speak } from './say.ts';

let asked: Language | null = null;

/**
 * Fetches the messages of a language, and no other's, and speaks it. Resolves with false, and speaks nothing, where
 * another language was asked for meanwhile.
 */
export async function loadLanguage(language: Language): Promise<boolean> {
  asked = language;
  const catalog = await catalogOf(language);
  if (asked !== language) return false;
  speak(language, catalog);
  return true;
}

async function catalogOf(language: Language) {
  switch (language) {
    case 'en':
      return (await import('./en/catalog.ts')).en;
    case 'zh':
      return (await import('./zh/catalog.ts')).zh;
  }
}

/** The language of a visit, which index.html finds in the same way: the link's, else the one chosen before, else the first of the browser's that the page speaks. */
export function languageOfVisit(search: string, chosenBefore: string | null, preferred: readonly string[]): Language {
  const candidates = [new URLSearchParams(search).get('lang'), chosenBefore, ...preferred];
  return candidates.map(asLanguage).find((language) => language !== null) ?? 'en';
}

function asLanguage(tag: string | null): Language | null {
  const [language] = (tag ?? '').toLowerCase().split('-');
  return language === 'en' || language === 'zh' ? language : null;
}
