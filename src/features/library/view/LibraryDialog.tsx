import { datasetTitle } from '../../../core/data/library.ts';
import { say } from '../../../language/say.ts';
import { sayAlone } from '../../../language/sentence.ts';
import { Modal } from '../../../ui/controls/Modal.tsx';
import { ProgressBar } from '../../../ui/controls/ProgressBar.tsx';
import { useLibrary, useLibraryState } from '../../use-stores.ts';
import { GiveFiles } from './GiveFiles.tsx';
import { HubSets } from './HubSets.tsx';
import { ImportPreviewSheet } from './ImportPreviewSheet.tsx';
import { KeptSets } from './KeptSets.tsx';
import styles from './library.module.css';
import { TableSheet } from './TableSheet.tsx';

/** A person's own data: to be given, looked at before it is used, and put away again. */
export function LibraryDialog() {
  const library = useLibrary();
  const asked = useLibraryState((state) => state.showing);
  const reading = useLibraryState((state) => state.reading);
  const preview = useLibraryState((state) => state.preview);
  const failure = useLibraryState((state) => state.failure);
  const unkept = useLibraryState((state) => state.unkept);
  const looking = useLibraryState((state) => state.looking);
  const offer = useLibraryState((state) => state.offer);
  const open = asked || looking || reading !== null || offer !== null || preview !== null || failure !== null;
  const close = () => {
    if (reading !== null || looking) library.cancel();
    library.forget();
  };
  const giving = reading === null && offer === null && preview === null;
  return (
    <Modal title={say('library.title')} open={open} onOpen={(next) => (next ? library.show() : close())}>
      <div className={styles.library}>
        {giving && <GiveFiles />}
        {giving && <HubSets />}
        {reading !== null && <Reading fraction={reading} />}
        {reading === null && preview === null && offer !== null && <TableSheet offer={offer} />}
        {preview !== null && <ImportPreviewSheet key={preview.name} preview={preview} />}
        <div role="alert" aria-live="assertive">
          {failure !== null && <p className="problem">{sayAlone(failure)}</p>}
          {unkept !== null && <p className="problem">{sayAlone(unkept)}</p>}
        </div>
        {giving && <KeptSets />}
      </div>
    </Modal>
  );
}

/** How much of what was asked for is read, 0 to 1, and ways to end that. */
function Reading({ fraction }: { readonly fraction: number }) {
  const library = useLibrary();
  const fetching = useLibraryState((state) => state.fetching);
  const offer = useLibraryState((state) => state.offer);
  const isDownload = offer?.source === 'hub';
  const title =
    fetching && offer !== null
      ? say(isDownload ? 'library.downloading' : 'library.readingSet', { set: datasetTitle(offer.name) })
      : say('library.reading');
  const percent = Math.floor(100 * fraction);
  return (
    <>
      {fetching && <h3>{title}</h3>}
      <div className={styles.reading}>
        <ProgressBar label={title} done={percent} of={100} />
        <span className={styles.number}>{`${percent}%`}</span>
        {fetching && (
          <button type="button" className="btn" disabled={percent === 0} onClick={library.enough}>
            {say('library.enough')}
          </button>
        )}
        <button type="button" className="btn" onClick={library.cancel}>
          {say('library.cancel')}
        </button>
      </div>
      {fetching && <p className="note">{say(isDownload ? 'library.resumes' : 'library.resumesReading')}</p>}
    </>
  );
}
