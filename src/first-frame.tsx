import { renderToString } from 'react-dom/server';
import type { StoreApi } from 'zustand';
import { DEFAULT_PRESET, PRESETS } from './core/experiment/presets.ts';
import { createLab } from './features/lab/lab.ts';
import { expecting } from './features/lab/receive.ts';
import { createStores } from './features/stores.ts';
import { StoresContext } from './features/use-stores.ts';
import { type Language, LOCALES } from './language/languages.ts';
import { loadLanguage } from './language/load.ts';
import { Header } from './page/header/Header.tsx';
import { QuestionStrip } from './page/QuestionStrip.tsx';

/** A worker that never answers, since nothing is asked of it while a frame is rendered. */
const SILENT = { call: () => new Promise<never>(() => {}), end: () => {} };

/**
 * The top of the page as a first visit sees it before anything is loaded, the header and the first chapter's question, as
 * HTML for index.html (`scripts/build/first-frame.ts`) and the tag of its language. The globals `location` and `matchMedia`
 * say for which window. Styles of elements are in `data-style`: the page's policy lets a script set them, and refuses them
 * in HTML.
 */
export async function firstFrame(language: Language): Promise<{ readonly html: string; readonly lang: string }> {
  await loadLanguage(language);
  const stores = createStores({
    lab: createLab(() => SILENT),
    librarian: SILENT,
    startPretrained: () => SILENT,
    locks: null,
    storage: null,
    goTo: () => {},
    newId: () => '',
  });
  stores.lesson.begin(1);
  const { experiment = PRESETS[DEFAULT_PRESET] } = stores.lesson.store.getState().chapter.start ?? {};
  stores.lab.store.setState((state) => expecting(state, experiment));
  const lab = { ...stores.lab, store: asItStands(stores.lab.store) };
  const lesson = { ...stores.lesson, store: asItStands(stores.lesson.store) };
  const html = renderToString(
    <StoresContext value={{ ...stores, lab, lesson }}>
      <Header labOpen={false} onLab={() => {}} onDialog={() => {}} />
      <div className="frame">
        <main>
          <div className="first-screen">
            <QuestionStrip />
          </div>
        </main>
      </div>
    </StoresContext>,
  );
  return { html: html.replaceAll(' style="', ' data-style="'), lang: LOCALES[language] };
}

/** React’s server renderer shows the initial state of a store; this one shows its present state. */
function asItStands<State>(store: StoreApi<State>): StoreApi<State> {
  return { ...store, getInitialState: store.getState };
}
