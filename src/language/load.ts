import type { Language } from './languages.ts';
import { speak } from './say.ts';

/** Loads a module in another way than once: this room may not import the page's (`ui/late.tsx`). */
type Loader = <Module>(load: () => Promise<Module>) => Promise<Module>;

let asked: Language | null = null;

/**
 * Fetches the messages of a language, and no other's, and speaks it. Resolves with false, and speaks nothing, where
 * another language was asked for meanwhile.
 */
export async function loadLanguage(language: Language, late: Loader = (load) => load()): Promise<boolean> {
  asked = language;
  const catalog = await catalogOf(language, late);
  if (asked !== language) return false;
  speak(language, catalog);
  return true;
}

async function catalogOf(language: Language, late: Loader) {
  switch (language) {
    case 'en':
      return (await late(() => import('./en/catalog.ts'))).en;
    case 'zh':
      return (await late(() => import('./zh/catalog.ts'))).zh;
  }
}
