import { titleOf } from '../../../core/data/hub-sets.ts';
import { useLibrary, useLibraryState } from '../../use-stores.ts';
import { LIBRARY_TEXT } from '../strings.ts';

const words = LIBRARY_TEXT;

/** How much of what was asked for is read, 0 to 1, and ways to end that. */
export function Reading({ fraction }: { readonly fraction: number }) {
  const library = useLibrary();
  const fetching = useLibraryState((state) => state.fetching);
  const offer = useLibraryState((state) => state.offer);
  const title = fetching && offer !== null ? words.fetching(titleOf(offer.name)) : words.reading;
  const percent = Math.floor(100 * fraction);
  return (
    <>
      {fetching && <h3>{title}</h3>}
      <div className="reading">
        <progress aria-label={title} max={100} value={percent} />
        <span className="number">{`${percent}%`}</span>
        {fetching && (
          <button type="button" className="btn" disabled={percent === 0} onClick={library.enough}>
            {words.enough}
          </button>
        )}
        <button type="button" className="btn" onClick={library.cancel}>
          {words.cancel}
        </button>
      </div>
      {fetching && <p className="note">{words.resumes}</p>}
    </>
  );
}
