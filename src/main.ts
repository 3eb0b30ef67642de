/**
 * The page's entry: small, so that the words and the page come beside each other, and a reload for isolation comes before
 * either is run. The build has index.html fetch the page's own files at once, too (`scripts/build/preload.ts`).
 */
import { announce, LONGEST_OPENING, otherTabs } from './features/lab/tabs.ts';
import { isolate } from './isolation/isolate.ts';
import { languageOfVisit } from './language/languages.ts';
import { loadLanguage } from './language/load.ts';
import { remembered } from './page/remembered.ts';

/** Tabs that train leave the cores to this one from here on; once the page is there, it says itself what it needs them for. */
const need = document.visibilityState === 'hidden' ? 'opens-hidden' : 'opens-in-front';
const tabs = otherTabs();
const end = tabs === null ? () => {} : announce(need, 'page', tabs);
const longest = setTimeout(end, LONGEST_OPENING);

try {
  await isolate();
  const words = loadLanguage(languageOfVisit(location.search, remembered('language'), navigator.languages));
  const [{ showPage }] = await Promise.all([import('./playground.tsx'), words]);
  showPage();
} finally {
  clearTimeout(longest);
  end();
}
