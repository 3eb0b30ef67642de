import { FileUp, FolderUp, X } from 'lucide-react';
import { type DragEvent, useCallback, useRef, useState } from 'react';
import type { PhotoSet } from '../../../core/data/photographs.ts';
import { printable } from '../../../core/quote.ts';
import { listed, say } from '../../../language/say.ts';
import { sayIt } from '../../../language/sentence.ts';
import { SegmentedControl } from '../../../ui/controls/Choice.tsx';
import { chosenFiles, droppedFiles } from '../../library/view/dropped-files.ts';
import { useLab, usePhotographs, usePhotographsState } from '../../use-stores.ts';
import { imageNetClasses, namedClasses } from '../class-names.ts';
import type { PhotoFile } from '../photographs.ts';
import styles from './photographs.module.css';

/** Which photographs, and which classes their labels stand for. */
export function PhotosChoice() {
  const lab = useLab();
  const photographs = usePhotographs();
  const set = usePhotographsState((state) => state.set);
  const listing = usePhotographsState((state) => state.listing);
  const [kind, setKind] = useState<'imagenet' | 'own'>('imagenet');
  const [names, setNames] = useState('');
  const [over, setOver] = useState(false);
  const files = useRef<HTMLInputElement>(null);
  const folder = useRef<HTMLInputElement>(null);
  const askForFolder = useCallback((input: HTMLInputElement | null) => {
    folder.current = input;
    // React has no word for it.
    input?.setAttribute('webkitdirectory', '');
  }, []);
  const open = async (given: readonly PhotoFile[]) => {
    if (given.length === 0) return;
    await photographs.open(given, kind === 'imagenet' ? await imageNetClasses() : namedClasses(names));
  };
  const drop = (event: DragEvent) => {
    // Stops here, since the page takes every other dropped file for a data set.
    event.preventDefault();
    setOver(false);
    const { dataTransfer } = event;
    lab.attempt(async () => open(await droppedFiles(dataTransfer)));
  };
  return (
    <div className={styles.choice}>
      <SegmentedControl
        label={say('photographs.classes')}
        value={kind}
        options={[
          { value: 'imagenet', text: say('photographs.imageNetClasses') },
          { value: 'own', text: say('photographs.ownClasses') },
        ]}
        onChange={setKind}
      />
      {kind === 'own' && (
        <label className={styles.names}>
          <span>{say('photographs.classNames')}</span>
          <textarea rows={4} value={names} onChange={({ target }) => setNames(target.value)} />
          <small>{say('photographs.classNamesHint')}</small>
        </label>
      )}
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
        <button type="button" className="btn" onClick={() => files.current?.click()}>
          <FileUp size={16} aria-hidden />
          <span>{say('photographs.files')}</span>
        </button>
        <button type="button" className="btn" onClick={() => folder.current?.click()}>
          <FolderUp size={16} aria-hidden />
          <span>{say('photographs.folder')}</span>
        </button>
        <span>{say('photographs.drop')}</span>
        <input
          ref={files}
          type="file"
          multiple
          hidden
          aria-label={say('photographs.files')}
          onChange={({ target }) => lab.attempt(() => open(chosenFiles(target.files)))}
        />
        <input
          ref={askForFolder}
          type="file"
          hidden
          aria-label={say('photographs.folder')}
          onChange={({ target }) => lab.attempt(() => open(chosenFiles(target.files)))}
        />
      </div>
      {listing !== null && (
        <p className={styles.listing} role="status">
          <span>{say('photographs.listing', { photos: listing })}</span>
          <button type="button" className="btn mini" onClick={photographs.clear}>
            <X size={12} aria-hidden />
            <span>{say('zoo.cancel')}</span>
          </button>
        </p>
      )}
      {set !== null && <SetSummary set={set} />}
    </div>
  );
}

/** Classes whose names are given where labels match none. */
const MOST_LABELS = 5;

/** How many photographs there are, of how many classes, and what was left out. */
function SetSummary({ set }: { readonly set: PhotoSet }) {
  const unread = usePhotographsState((state) => state.unread);
  const { name, labels, paths, unknown, leftOut } = set;
  const examples = unknown.named.slice(0, MOST_LABELS).map(({ label }) => `“${printable(label)}”`);
  return (
    <div className={styles.summary}>
      <p role="status">
        {say('photographs.summary', {
          photos: labels.length,
          name: printable(name),
          found: new Set(labels).size,
          classes: set.classes.length,
        })}
      </p>
      {unknown.photos > 0 && (
        <p>
          {say('photographs.unknown', { photos: unknown.photos, labels: unknown.labels, examples: listed(examples) })}
        </p>
      )}
      {leftOut.count > 0 && (
        <details>
          <summary>{say('photographs.leftOut', { files: leftOut.count })}</summary>
          <FaultList faults={leftOut.named} />
        </details>
      )}
      {unread.size > 0 && (
        <details>
          <summary>{say('photographs.unread', { photos: unread.size })}</summary>
          <FaultList
            faults={[...unread].slice(0, MOST_FAULTS).map(([photo, reason]) => ({ path: paths[photo] ?? '', reason }))}
          />
        </details>
      )}
    </div>
  );
}

const MOST_FAULTS = 50;

function FaultList({ faults }: { readonly faults: PhotoSet['leftOut']['named'] }) {
  return (
    <ul>
      {faults.map(({ path, reason }) => (
        <li key={path}>{say('photographs.fault', { path: printable(path), reason: sayIt(reason) })}</li>
      ))}
    </ul>
  );
}
