import { printable } from '../../../core/quote.ts';
import { say } from '../../../language/say.ts';
import { SegmentedControl } from '../../../ui/controls/Choice.tsx';
import { FilesDrop } from '../../../ui/controls/DropArea.tsx';
import { useLabState, useLibrary, useLibraryState } from '../../use-stores.ts';
import styles from './library.module.css';

/** Where files are dropped or chosen, and how they are split where they do not say. */
export function GiveFiles() {
  const library = useLibrary();
  const missing = useLabState((state) => state.missing);
  return (
    <>
      {missing?.data.source === 'own' && <p>{say('library.wanted', { name: printable(missing.data.name) })}</p>}
      <p>{say('library.about')}</p>
      <FilesDrop
        files={say('library.files')}
        folder={say('library.folder')}
        className={styles.drop}
        onFiles={library.read}
        lead={<p>{say('library.drop')}</p>}
      />
      <TestShareRow />
      <p className="note">{say('library.shareHint')}</p>
    </>
  );
}

const SHARES = [0.1, 0.2, 0.3, 0.5].map((share) => ({ value: String(share), text: `${Math.round(100 * share)}%` }));

/** How much of each class is tested on, where there are no images for that. */
export function TestShareRow() {
  const library = useLibrary();
  const share = useLibraryState((state) => state.share);
  return (
    <div className="form-row" title={say('library.shareHint')}>
      <span>{say('library.testOn')}</span>
      <SegmentedControl
        label={say('library.testOn')}
        value={String(share)}
        options={SHARES}
        onChange={(value) => library.testOn(Number(value))}
      />
    </div>
  );
}
