import { FileUp, FolderUp } from 'lucide-react';
import { type DragEvent, useCallback, useRef, useState } from 'react';
import { useLabState } from '../../lab/use-lab.ts';
import { useLibrary, useLibraryState } from '../../lab/use-library.ts';
import { LIBRARY_TEXT } from '../../text/library.ts';
import { Seg } from '../controls/Seg.tsx';
import { shown } from '../shown.ts';
import { chosenFiles, droppedFiles, type FileAt } from './dropped-files.ts';
import { DEFAULT_SPLIT } from './use-file-drop.ts';

const words = LIBRARY_TEXT;

const SHARES = ['0.1', '0.2', '0.3', '0.5'].map((value) => ({ value, text: words.percent(Number(value)) }));

export interface GiveFilesProps {
  readonly share: number;
  readonly onShare: (share: number) => void;
}

/** Where files are dropped or chosen, and how they are split where they do not say. */
export function GiveFiles({ share, onShare }: GiveFilesProps) {
  const library = useLibrary();
  const reading = useLibraryState((state) => state.reading);
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
    if (given.length > 0) library.read(given, { ...DEFAULT_SPLIT, share }).catch(shown);
  };
  const drop = (event: DragEvent) => {
    event.preventDefault();
    setOver(false);
    droppedFiles(event.dataTransfer).then(read).catch(shown);
  };
  if (reading !== null) {
    const percent = Math.round(100 * reading);
    return (
      <div className="reading">
        <progress aria-label={words.reading} max={100} value={percent} />
        <span className="number">{percent}%</span>
        <button type="button" className="btn" onClick={library.cancel}>
          {words.cancel}
        </button>
      </div>
    );
  }
  return (
    <>
      {missing?.data.source === 'own' && <p className="wanted">{words.wanted(missing.data.name)}</p>}
      <p>{words.about}</p>
      {/* biome-ignore lint/a11y/noStaticElementInteractions: dropping has no keys; the buttons in it do the same. */}
      <div
        className={over ? 'drop over' : 'drop'}
        onDragOver={(event) => {
          event.preventDefault();
          setOver(true);
        }}
        onDragLeave={() => setOver(false)}
        onDrop={drop}
      >
        <p>{words.drop}</p>
        <button type="button" className="btn" onClick={() => files.current?.click()}>
          <FileUp size={16} aria-hidden />
          {words.files}
        </button>
        <button type="button" className="btn" onClick={() => folder.current?.click()}>
          <FolderUp size={16} aria-hidden />
          {words.folder}
        </button>
        <input
          ref={files}
          type="file"
          multiple
          hidden
          aria-label={words.files}
          onChange={(event) => read(chosenFiles(event.target.files))}
        />
        <input
          ref={askForFolder}
          type="file"
          hidden
          aria-label={words.folder}
          onChange={(event) => read(chosenFiles(event.target.files))}
        />
      </div>
      <div className="row" title={words.shareHint}>
        <span>{words.share}</span>
        <Seg label={words.share} value={String(share)} options={SHARES} onChange={(value) => onShare(Number(value))} />
      </div>
      <p className="note">{words.shareHint}.</p>
    </>
  );
}
