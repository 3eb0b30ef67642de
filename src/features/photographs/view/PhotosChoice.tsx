import { X } from 'lucide-react';
import { useRef, useState } from 'react';
import type { PhotoSet } from '../../../core/data/photographs.ts';
import { printable } from '../../../core/quote.ts';
import { listed, say } from '../../../language/say.ts';
import { type Phrase, sayIt } from '../../../language/sentence.ts';
import { SegmentedControl } from '../../../ui/controls/Choice.tsx';
import { FilesDrop } from '../../../ui/controls/DropArea.tsx';
import { useFocusAtChange } from '../../../ui/controls/focus-return.ts';
import { usePhotographs, usePhotographsState } from '../../use-stores.ts';
import { imageNetClasses, namedClasses } from '../class-names.ts';
import styles from './photographs.module.css';

/** Which photographs, and which classes their labels stand for. */
export function PhotosChoice() {
  const photographs = usePhotographs();
  const set = usePhotographsState((state) => state.set);
  const listing = usePhotographsState((state) => state.listing);
  const [kind, setKind] = useState<'imagenet' | 'own'>('imagenet');
  const [names, setNames] = useState('');
  const place = useRef<HTMLDivElement>(null);
  // Where a listing is given up, or photographs are removed, others can be chosen.
  useFocusAtChange(() => place.current?.querySelector<HTMLElement>('button.btn'), listing === null ? set : 'listing');
  const classes = async () => (kind === 'imagenet' ? imageNetClasses() : namedClasses(names));
  return (
    <div ref={place} className={styles.choice}>
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
      <FilesDrop
        files={say('photographs.files')}
        folder={say('photographs.folder')}
        onFiles={(given) => photographs.open(given, classes())}
      >
        <span>{say('photographs.drop')}</span>
      </FilesDrop>
      <span role="status" aria-live="polite" className="vh">
        {listing !== null && say('photographs.listingBegins')}
      </span>
      {listing !== null && (
        // Not announced: it changes with every hundred images.
        <p className={styles.listing} role="status" aria-live="off">
          <span>{say('photographs.listing', { photos: listing })}</span>
          <button type="button" className="btn mini" onClick={set === null ? photographs.clear : photographs.pause}>
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
  const missed = usePhotographsState((state) => state.missed);
  const { name, labels, paths, unknown, leftOut } = set;
  const faults = (reasons: ReadonlyMap<number, Phrase>) =>
    [...reasons].slice(0, MOST_FAULTS).map(([photo, reason]) => ({ path: paths[photo] ?? '', reason }));
  const examples = unknown.named.slice(0, MOST_LABELS).map(({ label }) => `“${printable(label)}”`);
  return (
    <div className={styles.summary}>
      <p role="status" aria-live="polite">
        {say('photographs.summary', {
          photos: labels.length,
          name: printable(name),
          found: new Set(labels).size,
          classes: set.classes.length,
        })}
      </p>
      {set.noisy && (
        <p className={styles.problem} role="status" aria-live="polite">
          {say('photographs.noisy')}
        </p>
      )}
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
          <FaultList faults={faults(unread)} />
        </details>
      )}
      {missed.size > 0 && (
        <details>
          <summary>{say('photographs.missed', { photos: missed.size })}</summary>
          <FaultList faults={faults(missed)} />
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
