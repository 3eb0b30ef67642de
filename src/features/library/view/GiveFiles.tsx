import type { GivenFile } from '../../../core/data/given-file.ts';
import { printable } from '../../../core/quote.ts';
import { say } from '../../../language/say.ts';
import { SegmentedControl } from '../../../ui/controls/Choice.tsx';
import { FilesDrop } from '../../../ui/controls/DropArea.tsx';
import { useLab, useLabState, useLibrary } from '../../use-stores.ts';
import { DEFAULT_SPLIT } from './file-drop.ts';
import styles from './library.module.css';

/** Where files are dropped or chosen, and how they are split where they do not say. */
export function GiveFiles({ share, onShare }: TestShareProps) {
  const lab = useLab();
  const library = useLibrary();
  const missing = useLabState((state) => state.missing);
  const read = (given: readonly GivenFile[]) => {
    if (given.length > 0) library.read(given, { ...DEFAULT_SPLIT, share });
  };
  return (
    <>
      {missing?.data.source === 'own' && <p>{say('library.wanted', { name: printable(missing.data.name) })}</p>}
      <p>{say('library.about')}</p>
      <FilesDrop
        files={say('library.files')}
        folder={say('library.folder')}
        className={styles.drop}
        onFiles={(given) => lab.attempt(async () => read(await given))}
        lead={<p>{say('library.drop')}</p>}
      />
      <TestShareRow share={share} onShare={onShare} />
      <p className="note">{say('library.shareHint')}</p>
    </>
  );
}

const SHARES = [0.1, 0.2, 0.3, 0.5].map((share) => ({ value: String(share), text: `${Math.round(100 * share)}%` }));

export interface TestShareProps {
  readonly share: number;
  readonly onShare: (share: number) => void;
}

/** How much of each class is tested on, where there are no images for that. */
export function TestShareRow({ share, onShare }: TestShareProps) {
  return (
    <div className="form-row" title={say('library.shareHint')}>
      <span>{say('library.testOn')}</span>
      <SegmentedControl
        label={say('library.testOn')}
        value={String(share)}
        options={SHARES}
        onChange={(value) => onShare(Number(value))}
      />
    </div>
  );
}
