import { type SyntheticEvent, useRef } from 'react';
import { useLab } from '../../features/use-stores.ts';
import { LANGUAGE_NAMES, LANGUAGES, type Language } from '../../language/languages.ts';
import { loadLanguage } from '../../language/load.ts';
import { language, say } from '../../language/say.ts';
import { useFocusInPlace } from '../../ui/controls/focus-return.ts';
import { loadLate } from '../../ui/late.tsx';
import { remember } from '../remembered.ts';
import styles from './languages.module.css';

/** The languages of the page. What is chosen is remembered, and goes into the address and so into copied links. */
export function LanguageLinks() {
  const lab = useLab();
  const now = language();
  const present = useRef<HTMLAnchorElement>(null);
  // The page is rendered again in the language that was chosen, and the link that was followed goes with the page before.
  useFocusInPlace((lost) => (lost.matches('a[hreflang]') ? present.current : null));
  const choose = async (chosen: Language) => {
    if (!(await loadLanguage(chosen, loadLate))) return;
    remember('language', chosen);
    history.replaceState(null, '', addressIn(chosen));
  };
  return (
    // biome-ignore lint/a11y/useSemanticElements: a fieldset is for fields
    <div role="group" aria-label={say('page.language')} className={styles.languages}>
      {LANGUAGES.map((tag) => (
        <a
          key={tag}
          ref={tag === now ? present : undefined}
          href={addressIn(tag)}
          onPointerDown={refresh(tag)}
          onFocus={refresh(tag)}
          lang={tag}
          hrefLang={tag}
          translate="no"
          aria-current={tag === now ? 'true' : undefined}
          onClick={(event) => {
            refresh(tag)(event);
            if (event.ctrlKey || event.metaKey || event.shiftKey) return;
            event.preventDefault();
            // The present one, too, since it takes back another that is on its way.
            lab.attempt(() => choose(tag));
          }}
        >
          {LANGUAGE_NAMES[tag].short}
        </a>
      ))}
    </div>
  );
}

/** Before a link is followed or copied: the address of the page changes without a render. */
function refresh(tag: Language) {
  return ({ currentTarget }: SyntheticEvent<HTMLAnchorElement>) => {
    currentTarget.href = addressIn(tag);
  };
}

/** The address asks for no other language than that of the page. */
function keepLanguage(): void {
  const asked = new URL(location.href).searchParams.get('lang');
  if (asked !== null && asked !== language()) history.replaceState(null, '', addressIn(language()));
}

// Other entries of the history may still ask for the language before, also where that was chosen before the page was loaded
// again. The first frame is rendered where there is no document.
if (typeof document !== 'undefined') addEventListener('popstate', keepLanguage);

function addressIn(chosen: Language): string {
  const address = new URL(location.href);
  address.searchParams.set('lang', chosen);
  return address.href;
}
