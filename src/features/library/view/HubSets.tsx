import { Download, Search } from 'lucide-react';
import { type FormEvent, useId, useState } from 'react';
import { datasetIn, HUB_SETS } from '../../../core/data/library.ts';
import { printable } from '../../../core/quote.ts';
import { say } from '../../../language/say.ts';
import { Button } from '../../../ui/controls/Button.tsx';
import { useLibrary, useLibraryState } from '../../use-stores.ts';
import styles from './library.module.css';

/** The data sets of Hugging Face: some a click away, all others by name. */
export function HubSets() {
  const library = useLibrary();
  const looking = useLibraryState((state) => state.looking);
  const [text, setText] = useState('');
  const [problem, setProblem] = useState<string | null>(null);
  const title = useId();
  const submit = (event: FormEvent) => {
    event.preventDefault();
    const dataset = datasetIn(text);
    setProblem(dataset === null ? say('library.hubUnnamed', { text: printable(text.trim()) }) : null);
    if (dataset !== null) library.lookUp(dataset);
  };
  return (
    <section className={styles.hub} aria-labelledby={title}>
      <h3 id={title}>{say('library.hub')}</h3>
      <div className={styles.hubSets}>
        {HUB_SETS.map(({ title, dataset }) => (
          <Button
            key={dataset}
            className="btn"
            title={dataset}
            disabled={looking}
            onClick={() => library.lookUp(dataset)}
          >
            <Download size={16} aria-hidden />
            <span>{title}</span>
          </Button>
        ))}
      </div>
      <form className={styles.hubName} onSubmit={submit}>
        <label>
          <span>{say('library.hubName')}</span>
          <input
            className="field wide"
            value={text}
            placeholder={say('library.hubExample')}
            spellCheck={false}
            autoCapitalize="none"
            aria-invalid={problem !== null}
            onChange={(event) => setText(event.target.value)}
          />
        </label>
        <button type="submit" className="btn" disabled={looking || text.trim() === ''}>
          <Search size={16} aria-hidden />
          <span>{say('library.search')}</span>
        </button>
      </form>
      {problem !== null && (
        <p className="problem" role="alert" aria-live="assertive">
          {problem}
        </p>
      )}
      <p className="note" role="status" aria-live="polite">
        {looking ? say('library.searching') : say('library.hubAbout')}
      </p>
    </section>
  );
}
