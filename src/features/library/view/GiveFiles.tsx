import { FileUp, FolderUp } from 'lucide-react';
import { type DragEvent, useCallback, useRef, useState } from 'react';
import { printable } from '../../../core/quote.ts';
import { say } from '../../../language/say.ts';
import { SegmentedControl } from '../../../ui/controls/Choice.tsx';
import { useLab, useLabState, useLibrary } from '../../use-stores.ts';
import { chosenFiles, DEFAULT_SPLIT, droppedFiles, type FileAt } from './dropped-files.ts';
import styles from './library.module.css';

/** Where files are dropped or chosen, and how they are split where they do not say. */
export function GiveFiles({ share, onShare }: TestShareProps) {
  const lab = useLab();
  const library = useLibrary();
  const missing = useLabState((state) => state.missing);
  const [over, setOver] = useState(false);
  const files = useRef<HTMLInputElement>(null);
  const folder = useRef<HTMLInputElement>(null);
  const askForFolder = useCallback((input: HTMLInputElement | null) => {
    folder.current = input;
    // React has no word for it.
    input?.setAttribute('webkitdirectory', '');
  }, []);
  const read = (given: readonly FileAt[]) => {
    if (given.length > 0) library.read(given, { ...DEFAULT_SPLIT, share });
  };
  const drop = (event: DragEvent) => {
    event.preventDefault();
    setOver(false);
    const { dataTransfer } = event;
    lab.attempt(async () => read(await droppedFiles(dataTransfer)));
  };
  return (
    <>
      {missing?.data.source === 'own' && <p>{say('library.wanted', { name: printable(missing.data.name) })}</p>}
      <p>{say('library.about')}</p>
      {/* biome-ignore lint/a11y/noStaticElementInteractions: dropping has no keys; the buttons in it do the same. */}
      <div
        className={over ? `${styles.drop} ${styles.over}` : styles.drop}
        onDragOver={(event) => {
          event.preventDefault();
          setOver(true);
        }}
        onDragLeave={() => setOver(false)}
        onDrop={drop}
      >
        <p>{say('library.drop')}</p>
        <button type="button" className="btn" onClick={() => files.current?.click()}>
          <FileUp size={16} aria-hidden />
          <span>{say('library.files')}</span>
        </button>
        <button type="button" className="btn" onClick={() => folder.current?.click()}>
          <FolderUp size={16} aria-hidden />
          <span>{say('library.folder')}</span>
        </button>
        <input
          ref={files}
          type="file"
          multiple
          hidden
          aria-label={say('library.files')}
          onChange={(event) => read(chosenFiles(event.target.files))}
        />
        <input
          ref={askForFolder}
          type="file"
          hidden
          aria-label={say('library.folder')}
          onChange={(event) => read(chosenFiles(event.target.files))}
        />
      </div>
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
