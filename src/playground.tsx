import { StrictMode } from 'react';
import { createRoot } from 'react-dom/client';
import { readCover, votableAnswers, withPresenting } from './features/classroom/classroom.ts';
import { showPageErrors } from './features/lab/handled.ts';
import { createLab, type Lab } from './features/lab/lab.ts';
import { otherTabs, takeTurnsWithTabs } from './features/lab/tabs.ts';
import { followLesson, readLesson } from './features/lesson/address.ts';
import { keptLesson, LESSON_KEY } from './features/lesson/kept.ts';
import { createPlainLesson, type PlainLesson } from './features/lesson/scripting.ts';
import { followAddress } from './features/share/address.ts';
import { readLink } from './features/share/link.ts';
import { readForExperiment, readOptions } from './features/share/link-options.ts';
import { createPlayground, type Playground } from './features/share/playground.ts';
import { withHidden } from './features/share/sections.ts';
import { createStores } from './features/stores.ts';
import { StoresContext } from './features/use-stores.ts';
import { keepForOffline } from './isolation/updates.ts';
import { onLanguage, say } from './language/say.ts';
import { locale } from './language/sentence.ts';
import { Page } from './page/Page.tsx';
import { goToAnchor } from './ui/go-to-anchor.ts';
import { startLibrary, startPretrained, startTraining } from './workers/start-workers.ts';

declare global {
  interface Window {
    playground: Playground & { readonly lesson: PlainLesson };
  }
}

/**
 * How long after the race is there its first steps have the network to themselves: the workers that share its lanes are
 * still loading.
 */
const FIRST_STEPS_MS = 5000;

/** Makes everything and shows the page, in the language that is spoken by then (`main.ts`). */
export function showPage(): void {
  const nameDocument = () => {
    document.documentElement.lang = locale();
    document.title = say('page.title');
    document.querySelector('meta[name="description"]')?.setAttribute('content', say('page.description'));
  };
  nameDocument();
  onLanguage(nameDocument);
  const storage = storageOfBrowser();
  const dataFolder = new URL('data/', document.baseURI).href;
  const lab: Lab = createLab((hearer) => startTraining(dataFolder, () => lab.store.getState().experiment.data, hearer));
  const stores = createStores({
    lab,
    librarian: startLibrary(),
    startPretrained,
    locks: 'locks' in navigator ? navigator.locks : null,
    storage,
    goTo: goToAnchor,
    newId,
  });
  // Before the first race is opened, which then precedes what other tabs train.
  const tabs = otherTabs();
  if (tabs !== null) takeTurnsWithTabs(lab, newId(), tabs, document);
  const { lesson, runs, sections, classroom, insight } = stores;
  window.playground = Object.assign(createPlayground(lab), { lesson: createPlainLesson(lesson) });
  showPageErrors(lab.showFailure);
  runs.refresh();
  const wish = readLesson(new URL(location.href));
  const before = keptLesson(storage);
  if (wish.type === 'chapter' || (wish.type === 'as-before' && before.on)) {
    lesson.begin(wish.type === 'chapter' ? wish.number : before.waiting);
  }
  // Each tab writes all answers, so it has to know those of the others.
  addEventListener('storage', ({ key }) => {
    if (key === LESSON_KEY) lesson.refreshKept();
  });
  const faults: unknown[] = [];
  const linked = lab.openLink(() => {
    const address = new URL(location.href);
    const { on, chapter } = lesson.store.getState();
    const { hidden, presenting, speed, figure } = readOptions(address, (fault) => faults.push(fault));
    sections.hide(hidden);
    insight.pin(figure);
    if (speed !== null) lab.setMaxRoundsPerSecond(speed);
    classroom.present(presenting);
    readForClass(address);
    const link = readLink(address);
    const opened = on && chapter.start !== null ? { ...link, experiment: chapter.start.experiment } : link;
    classroom.cover(readCover(address, opened.experiment), votableAnswers(lesson.store.getState(), opened.experiment));
    return opened;
  });
  // Opening a race takes away what was said before. What it was refused for is said by itself.
  const sayFault = () => {
    const [first] = faults;
    if (first !== undefined) lab.showFailure(first);
  };
  linked.then(sayFault, () => {});
  /** What a lecturer asks for with an experiment or a chapter: it comes and goes with that. Its faults are told once, above. */
  function readForClass(address: URL): void {
    const { assignment, stop } = readForExperiment(address, () => {});
    classroom.assign(assignment);
    // A race that trains would be told to train again.
    if (stop !== lab.store.getState().waitAt) lab.setWaitAt(stop);
  }
  const rewrite = ({ href }: URL) => {
    if (href !== location.href) history.replaceState(null, '', href);
  };
  const writeHidden = () => rewrite(withHidden(new URL(location.href), sections.store.getState().hidden));
  const writePresenting = () => rewrite(withPresenting(new URL(location.href), classroom.store.getState().presenting));
  sections.store.subscribe(writeHidden);
  classroom.store.subscribe(writePresenting);

  followLesson(lesson, lab, window, readForClass);
  followAddress(lab, window, () => lesson.store.getState().on, readForClass);
  // Another entry of the history may have been written before the last change of these.
  addEventListener('popstate', () => {
    writeHidden();
    writePresenting();
  });

  const root = document.getElementById('root');
  if (root === null) throw new Error('page: index.html has no element "root"');
  // An error boundary writes what it catches to the console itself.
  createRoot(root, { onCaughtError: () => {} }).render(
    <StrictMode>
      <StoresContext value={stores}>
        <Page />
      </StoresContext>
    </StrictMode>,
  );

  const untilOpen = lab.store.subscribe(({ open }) => {
    if (!open) return;
    untilOpen();
    // Offline use is a bonus: a browser that refuses it keeps a page that works.
    setTimeout(() => keepForOffline().catch(() => {}), FIRST_STEPS_MS);
  });
}

function newId(): string {
  return crypto.getRandomValues(new Uint32Array(3)).join('-');
}

/** Null where the browser refuses it, as it may in a private window. */
function storageOfBrowser(): Storage | null {
  try {
    return localStorage;
  } catch {
    return null;
  }
}
