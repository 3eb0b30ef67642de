/** The entry of embed.html: a widget for articles, which keeps nothing in the browser and loads the engine when asked. */
import '../ui/tokens.css';
import '../ui/controls/global.css';
import { StrictMode, useSyncExternalStore } from 'react';
import { createRoot } from 'react-dom/client';
import { DEFAULT_PRESET, PRESETS } from '../core/experiment/presets.ts';
import { showPageErrors } from '../features/lab/handled.ts';
import { createLab, type Lab } from '../features/lab/lab.ts';
import { expecting } from '../features/lab/receive.ts';
import { languageOfVisit } from '../language/languages.ts';
import { loadLanguage } from '../language/load.ts';
import { language, onLanguage, say } from '../language/say.ts';
import { locale } from '../language/sentence.ts';
import { ErrorBoundary } from '../ui/ErrorBoundary.tsx';
import { loadLate } from '../ui/late.tsx';
import { startTraining } from '../workers/start-workers.ts';
import { parentPage, tellProgress } from './host.ts';
import type { HostMessage } from './messages.ts';
import { openerOf } from './opener.ts';
import { type EmbedOptions, PARTS, readEmbedOptions, wholePage } from './options.ts';
import { createTrainer } from './trainer.ts';
import { Widget } from './Widget.tsx';

const address = new URL(location.href);
const root = document.getElementById('root');
if (root === null) throw new Error('embed: embed.html has no element "root"');

followTheme(address.searchParams.get('theme'));
onLanguage(() => {
  document.documentElement.lang = locale();
  document.title = say('page.title');
});
await loadLanguage(languageOfVisit(location.search, null, navigator.languages), loadLate);

const dataFolder = new URL('data/', document.baseURI).href;
const lab: Lab = createLab((hearer) => startTraining(dataFolder, () => lab.store.getState().experiment.data, hearer));
showPageErrors(lab.showFailure);
const { experiment, backend, parts, title } = optionsOf(lab);
lab.store.setState((state) => ({ ...expecting(state, experiment), backend }));

const open = openerOf(lab, { experiment, backend });
const trainer = createTrainer(lab, open);
const host = parentPage(window);
tellProgress(lab.store, host);
host.onMessage(obey);
createRoot(root, { onCaughtError: () => {} }).render(
  <StrictMode>
    <SpokenWidget />
  </StrictMode>,
);
host.tell({ type: 'ready' });

function askForHeight(height: number): void {
  host.tell({ type: 'resize', height });
}

/** Another language renders everything again. */
function SpokenWidget() {
  const key = useSyncExternalStore(onLanguage, language);
  return (
    <ErrorBoundary key={key} part={say('charts.partPage')}>
      <Widget
        lab={lab}
        title={title}
        parts={parts}
        page={() => wholePage(address, language()).href}
        open={open}
        trainer={trainer}
        onHeight={askForHeight}
      />
    </ErrorBoundary>
  );
}

/** What the address asks for; a fault in it is said in the widget, which shows the first experiment. */
function optionsOf({ showFailure }: Lab): EmbedOptions {
  try {
    return readEmbedOptions(address);
  } catch (error) {
    showFailure(error);
    const first = new URL(address.pathname, address);
    return { ...readEmbedOptions(first), experiment: PRESETS[DEFAULT_PRESET], parts: PARTS };
  }
}

function obey({ theme, lang, training }: HostMessage): void {
  if (theme !== undefined) followTheme(theme);
  if (lang !== undefined) loadLanguage(lang, loadLate).catch(lab.showFailure);
  if (training === true) trainer.train();
  if (training === false) trainer.pause();
}

/** Takes the colours that the host asks for, else those of the system. */
function followTheme(asked: string | null): void {
  const dark = matchMedia('(prefers-color-scheme: dark)');
  const isDark = () => (asked === 'dark' || asked === 'light' ? asked === 'dark' : dark.matches);
  const apply = () => {
    document.documentElement.dataset.theme = isDark() ? 'dark' : 'light';
  };
  dark.onchange = apply;
  apply();
}
