import { useLab } from '../../features/use-stores.ts';
import { loadLanguage } from '../../language/load.ts';
import { type Language, language, say } from '../../language/say.ts';
import { remember } from '../remembered.ts';
import styles from './header.module.css';

/** Each in its own words, which are the same in every language of the page. */
const LANGUAGES: readonly { readonly tag: Language; readonly name: string }[] = [
  { tag: 'en', name: 'EN' },
  { tag: 'zh', name: '中文' },
];

/** The languages of the page. What is chosen is remembered, and goes into the address and so into copied links. */
export function LanguageLinks() {
  const lab = useLab();
  const now = language();
  const choose = async (chosen: Language) => {
    await loadLanguage(chosen);
    remember('language', chosen);
    history.replaceState(null, '', addressIn(chosen));
  };
  return (
    // biome-ignore lint/a11y/useSemanticElements: a fieldset is for fields
    <div role="group" aria-label={say('page.language')} className={styles.languages}>
      {LANGUAGES.map(({ tag, name }) => (
        <a
          key={tag}
          href={addressIn(tag)}
          lang={tag}
          hrefLang={tag}
          translate="no"
          aria-current={tag === now ? 'true' : undefined}
          onClick={(event) => {
            if (event.ctrlKey || event.metaKey || event.shiftKey) return;
            event.preventDefault();
            if (tag !== now) lab.attempt(() => choose(tag));
          }}
        >
          {name}
        </a>
      ))}
    </div>
  );
}

function addressIn(chosen: Language): string {
  const address = new URL(location.href);
  address.searchParams.set('lang', chosen);
  return address.href;
}
