/** The languages of the page. This imports nothing: what only names them, as scripts and messages do, needs no words. */
export const LANGUAGES = ['en', 'zh'] as const;

/** A language of the page, as in `?lang=`. */
export type Language = (typeof LANGUAGES)[number];

/** The tag for `lang` attributes and `Intl`. */
export const LOCALES: Readonly<Record<Language, string>> = { en: 'en-GB', zh: 'zh-CN' };

/** Each in its own words, which are the same in every language of the page. */
export const LANGUAGE_NAMES: Readonly<Record<Language, { readonly name: string; readonly short: string }>> = {
  en: { name: 'English', short: 'EN' },
  zh: { name: '中文', short: '中文' },
};

/** The language of a visit, which index.html finds in the same way: the link's, else the one chosen before, else the first of the browser's that the page speaks. */
export function languageOfVisit(search: string, chosenBefore: string | null, preferred: readonly string[]): Language {
  const candidates = [new URLSearchParams(search).get('lang'), chosenBefore, ...preferred];
  return candidates.map(languageOf).find((language) => language !== undefined) ?? 'en';
}

function languageOf(tag: string | null): Language | undefined {
  const [language] = (tag ?? '').toLowerCase().split('-');
  return LANGUAGES.find((each) => each === language);
}
