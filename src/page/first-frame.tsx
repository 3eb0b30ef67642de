import { renderToString } from 'react-dom/server';
import type { StoreApi } from 'zustand';
import { DEFAULT_PRESET, PRESETS } from '../core/experiment/presets.ts';
import { createLab } from '../features/race/lab.ts';
import { expecting } from '../features/race/receive.ts';
import { createStores } from '../features/stores.ts';
import { StoresContext } from '../features/use-stores.ts';
import { loadLanguage } from '../language/load.ts';
import type { Language } from '../language/say.ts';
import { Header } from './header/Header.tsx';
import { QuestionStrip } from './QuestionStrip.tsx';

/** A worker that never answers, since nothing is asked of it while a frame is rendered. */
const SILENT = { call: () => new Promise<never>(() => {}), end: () => {} };

/**
 * The top of the page as a first visit sees it before anything is loaded, the header and the first chapter's question, as
 * HTML for index.html (`scripts/build/first-frame.ts`). The globals `location` and `matchMedia` say for which window. Styles
 * of elements are in `data-style`: the policy of the page allows a script to set them, and no HTML.
 */
export async function firstFrame(language: Language): Promise<string> {
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
  return html.replaceAll(' style="', ' data-style="');
}

/** React’s server renderer shows the initial state of a store; of this one, the present. */
function asItStands<State>(store: StoreApi<State>): StoreApi<State> {
  return { ...store, getInitialState: store.getState };
}
