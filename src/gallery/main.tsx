/**
 * The gallery: each chart and control on made-up data. It is served while developing and testing, and is no part of the
 * build. In the address, `?lang=zh` chooses the language `?theme=dark` the theme,
 * and `?only=race,bars` what is shown.
 */
import '../ui/tokens.css';
import '../ui/controls/global.css';
import './gallery.css';
import { StrictMode } from 'react';
import { createRoot } from 'react-dom/client';
import { languageOfVisit } from '../language/languages.ts';
import { loadLanguage } from '../language/load.ts';
import { locale } from '../language/sentence.ts';
import { CONTROLS } from './Controls.tsx';
import { FIGURES } from './Figures.tsx';
import { GUESS_PICTURES } from './Guesses.tsx';

const parameters = new URLSearchParams(location.search);
await loadLanguage(languageOfVisit(location.search, null, []));
const only = parameters.get('only')?.split(',');
const { documentElement } = document;
documentElement.lang = locale();
documentElement.dataset.theme = parameters.get('theme') === 'dark' ? 'dark' : 'light';

const root = document.getElementById('root');
if (root === null) throw new Error('gallery: gallery.html has no element "root"');
const pieces = Object.entries({ ...FIGURES, ...GUESS_PICTURES, ...CONTROLS }).filter(
  ([name]) => only?.includes(name) ?? true,
);
createRoot(root).render(
  <StrictMode>
    <main className="gallery">
      {pieces.map(([name, Piece]) => (
        <section key={name} id={name}>
          <h2>{name}</h2>
          <Piece />
        </section>
      ))}
    </main>
  </StrictMode>,
);
