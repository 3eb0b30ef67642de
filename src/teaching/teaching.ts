/**
 * The teacher's page, teaching.html: it is made of docs/teaching.md and docs/teaching.zh.md when the page is built, with both
 * languages in it. This shows one of them, in the colours of the visitor. Without scripts both stand there.
 */

const LANGUAGES = ['en', 'zh'] as const;
type Language = (typeof LANGUAGES)[number];

function stored(name: string): string | null {
  try {
    return localStorage.getItem(name);
  } catch {
    return null;
  }
}

/** The part of the page that the address leads to; null where it names none. */
function partAsked(): Element | null {
  return document.getElementById(location.hash.slice(1));
}

function languageOfVisit(): Language {
  const ofPart = partAsked()?.closest('article')?.id;
  const asked = [ofPart, new URLSearchParams(location.search).get('lang'), stored('language'), ...navigator.languages];
  const known = asked.map((tag) => LANGUAGES.find((language) => tag?.toLowerCase().split('-')[0] === language));
  return known.find((language) => language !== undefined) ?? 'en';
}

function show(language: Language): void {
  document.documentElement.lang = language === 'zh' ? 'zh-CN' : 'en';
  document.title = document.querySelector(`#${language} h1`)?.textContent ?? document.title;
  for (const article of document.querySelectorAll('article')) article.hidden = article.id !== language;
  for (const link of document.querySelectorAll<HTMLAnchorElement>('nav a[data-language]')) {
    if (link.dataset.language === language) link.setAttribute('aria-current', 'true');
    else link.removeAttribute('aria-current');
  }
}

/** Shows the part that the address leads to, which stands in one of the languages. */
function showAsked(): void {
  show(languageOfVisit());
  partAsked()?.scrollIntoView();
}

const dark = matchMedia('(prefers-color-scheme: dark)');
const colour = () => {
  const theme = stored('theme');
  const isDark = theme === 'dark' || (theme !== 'light' && dark.matches);
  document.documentElement.dataset.theme = isDark ? 'dark' : 'light';
};
colour();
dark.addEventListener('change', colour);
showAsked();
addEventListener('hashchange', showAsked);

for (const link of document.querySelectorAll<HTMLAnchorElement>('nav a[data-language]')) {
  link.addEventListener('click', (event) => {
    const language = LANGUAGES.find((each) => each === link.dataset.language);
    if (language === undefined || event.ctrlKey || event.metaKey || event.shiftKey) return;
    event.preventDefault();
    // The same part has the same name in both languages, but for this.
    const name = location.hash.slice(1).replace(/^zh-/, '');
    const part = document.getElementById(language === 'zh' ? `zh-${name}` : name);
    history.replaceState(null, '', part === null ? `?lang=${language}` : `?lang=${language}#${part.id}`);
    show(language);
    if (part === null) scrollTo({ top: 0 });
    else part.scrollIntoView();
  });
}

// It is a module, which its test loads.
export {};
