/**
 * The gallery: each chart and control on made-up data. It is served while developing and testing, and is no part of the
 * build. In the address, `?lang=zh` chooses the language and `?theme=dark` the theme.
 */
import '../ui/tokens.css';
import '../ui/controls/controls.css';
import '../ui/controls/overlays.css';
import './gallery.css';
import { StrictMode } from 'react';
import { createRoot } from 'react-dom/client';
import { languageOfVisit, loadLanguage } from '../language/load.ts';
import { locale } from '../language/say.ts';
import { CONTROLS } from './Controls.tsx';
import { FIGURES } from './Figures.tsx';

const parameters = new URLSearchParams(location.search);
await loadLanguage(languageOfVisit(location.search, null, []));
const { documentElement } = document;
documentElement.lang = locale();
documentElement.dataset.theme = parameters.get('theme') === 'dark' ? 'dark' : 'light';

const root = document.getElementById('root');
if (root === null) throw new Error('gallery: gallery.html has no element "root"');
createRoot(root).render(
  <StrictMode>
    <main className="gallery">
      {Object.entries({ ...FIGURES, ...CONTROLS }).map(([name, draw]) => (
        <section key={name} id={name}>
          <h2>{name}</h2>
          {draw()}
        </section>
      ))}
    </main>
  </StrictMode>,
);
