import { Trash2 } from 'lucide-react';
import { count } from '../../../core/format.ts';
import { IconButton } from '../../../ui/controls/Button.tsx';
import { Name } from '../../../ui/controls/Name.tsx';
import { useLabState, useLibrary, useLibraryState } from '../../use-stores.ts';
import { LIBRARY_TEXT } from '../strings.ts';

const words = LIBRARY_TEXT;

/** The data sets that the browser keeps, how large they are, and a way to be rid of them. */
export function KeptSets() {
  const library = useLibrary();
  const entries = useLibraryState((state) => state.entries);
  const data = useLabState((state) => state.experiment.data);
  if (entries.length === 0) return null;
  return (
    <section aria-label={words.kept} className="kept">
      <h3>{words.kept}</h3>
      <ul>
        {entries.map((entry) => {
          const { name, hash, train, test, classes, bytes, kept } = entry;
          const inUse = data.source === 'own' && data.hash === hash;
          return (
            <li key={hash}>
              <span className="name">
                <Name>{name}</Name>
              </span>
              <small>
                {`${words.classesTitle(classes.length)}, ${count(train + test)}, ${words.size(bytes)}${!kept ? `, ${words.until}` : ''}`}
              </small>
              {inUse ? (
                <span className="in-use">{words.inUse}</span>
              ) : (
                <button
                  type="button"
                  className="btn mini"
                  onClick={() => {
                    library.forget();
                    library.open(entry);
                  }}
                >
                  {words.open(name)}
                </button>
              )}
              <IconButton icon={Trash2} label={words.remove(name)} onClick={() => library.remove(hash)} />
            </li>
          );
        })}
      </ul>
    </section>
  );
}
