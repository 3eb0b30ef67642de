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

function languageOfVisit(): Language {
  const asked = [new URLSearchParams(location.search).get('lang'), stored('language'), ...navigator.languages];
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

const dark = matchMedia('(prefers-color-scheme: dark)');
const colour = () => {
  const theme = stored('theme');
  const isDark = theme === 'dark' || (theme !== 'light' && dark.matches);
  document.documentElement.dataset.theme = isDark ? 'dark' : 'light';
};
colour();
dark.addEventListener('change', colour);
show(languageOfVisit());

for (const link of document.querySelectorAll<HTMLAnchorElement>('nav a[data-language]')) {
  link.addEventListener('click', (event) => {
    const language = LANGUAGES.find((each) => each === link.dataset.language);
    if (language === undefined || event.ctrlKey || event.metaKey || event.shiftKey) return;
    event.preventDefault();
    history.replaceState(null, '', `?lang=${language}`);
    show(language);
    scrollTo({ top: 0 });
  });
}
