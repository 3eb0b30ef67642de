import { Trash2 } from 'lucide-react';
import { bytesText } from '../../../core/format.ts';
import { printable } from '../../../core/quote.ts';
import { say } from '../../../language/say.ts';
import { IconButton } from '../../../ui/controls/Button.tsx';
import { Name } from '../../../ui/controls/Name.tsx';
import { useLabState, useLibrary, useLibraryState } from '../../use-stores.ts';
import styles from './library.module.css';

/** The data sets that the browser keeps, how large they are, and a way to be rid of them. */
export function KeptSets() {
  const library = useLibrary();
  const entries = useLibraryState((state) => state.entries);
  const data = useLabState((state) => state.experiment.data);
  if (entries.length === 0) return null;
  return (
    <section aria-label={say('library.saved')} className={styles.saved}>
      <h3>{say('library.saved')}</h3>
      <ul>
        {entries.map((entry) => {
          const { name, hash, train, test, classes, bytes, kept } = entry;
          const facts = { classes: classes.length, images: train + test, size: bytesText(bytes) };
          const inUse = data.source === 'own' && data.hash === hash;
          return (
            <li key={hash}>
              <span className={styles.name}>
                <Name>{name}</Name>
              </span>
              <small>{kept ? say('library.savedFacts', facts) : say('library.savedForNow', facts)}</small>
              {inUse ? (
                <span className={styles.inUse}>{say('library.inUse')}</span>
              ) : (
                <button
                  type="button"
                  className="btn mini"
                  onClick={() => {
                    library.forget();
                    library.open(entry);
                  }}
                >
                  {say('library.useSet', { name: printable(name) })}
                </button>
              )}
              <IconButton
                icon={Trash2}
                label={say('library.deleteSet', { name })}
                onClick={() => library.remove(hash)}
              />
            </li>
          );
        })}
      </ul>
    </section>
  );
}
