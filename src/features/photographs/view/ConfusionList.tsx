import { type MouseEvent, useEffect, useMemo, useRef, useState } from 'react';
import type { PhotoSet, Thumbnail } from '../../../core/data/photographs.ts';
import { printable } from '../../../core/quote.ts';
import { say } from '../../../language/say.ts';
import { Select } from '../../../ui/controls/Choice.tsx';
import { PictureCanvas } from '../../../ui/controls/PictureCanvas.tsx';
import { usePhotographs } from '../../use-stores.ts';
import { type ClassName, distinctNames } from '../../zoo/class-names.ts';
import { type Confusion, confusionsOf } from '../results.ts';
import styles from './photographs.module.css';
import { useRuns } from './use-scores.ts';

/** Rows of the list, and pictures of a row, at first and with each press of the button for more. */
const ROWS = 20;
const PICTURES = 24;

interface ConfusionListProps {
  readonly set: PhotoSet;
  /** Nets that have answered. */
  readonly nets: readonly string[];
}

/** What a net takes for what, the most frequent first, with the photographs behind each row. */
export function ConfusionList({ set, nets }: ConfusionListProps) {
  const [wanted, setWanted] = useState<string | null>(null);
  const name = wanted !== null && nets.includes(wanted) ? wanted : (nets.at(-1) ?? '');
  return (
    <section aria-label={say('photographs.confusions')}>
      <div className="fig-head">
        <h4>{say('photographs.confusions')}</h4>
      </div>
      <div className={styles.controls}>
        <Select
          label={say('photographs.confusionsOf')}
          value={name}
          options={nets.map((net) => ({ value: net, text: net }))}
          onChange={setWanted}
        />
      </div>
      <Rows key={name} set={set} name={name} />
    </section>
  );
}

/** The rows of one net: another one begins with the first of its own. */
function Rows({ set, name }: { readonly set: PhotoSet; readonly name: string }) {
  const run = useRuns().find((each) => each.name === name);
  const confusions = useMemo(() => (run === undefined ? [] : confusionsOf(run.answers, set.labels)), [run, set]);
  const nameOf = useMemo(() => distinctNames(set.classes.map(({ names }) => names)), [set]);
  const [rows, setRows] = useState(ROWS);
  const list = useRef<HTMLUListElement>(null);
  const more = confusions.length - rows;
  const showMore = () => {
    // The button goes with the last rows: from here, the next stop is the first of them.
    if (more <= ROWS) list.current?.lastElementChild?.querySelector('summary')?.focus();
    setRows(rows + ROWS);
  };
  return (
    <>
      {confusions.length === 0 && <p className="reading">{say('photographs.noConfusions')}</p>}
      <ul ref={list} className={styles.confusions}>
        {confusions.slice(0, rows).map((confusion) => (
          <ConfusionRow key={`${confusion.truth} ${confusion.told}`} {...{ set, nameOf, confusion }} />
        ))}
      </ul>
      {more > 0 && (
        <button type="button" className="btn mini" onClick={showMore}>
          {say('photographs.moreConfusions', { rows: more })}
        </button>
      )}
    </>
  );
}

interface ConfusionRowProps {
  readonly set: PhotoSet;
  readonly nameOf: ClassName;
  readonly confusion: Confusion;
}

function ConfusionRow({ set, nameOf, confusion }: ConfusionRowProps) {
  const { truth, told, photos } = confusion;
  const [open, setOpen] = useState(false);
  return (
    <li>
      <details open={open} onToggle={({ currentTarget }) => setOpen(currentTarget.open)}>
        <summary>
          {say('photographs.confusion', {
            truth: printable(nameOf(truth)),
            told: printable(nameOf(told)),
            photos: photos.length,
          })}
        </summary>
        {open && <Pictures set={set} photos={photos} />}
      </details>
    </li>
  );
}

/** Small pictures of the photographs, loaded when they are first seen; the paths of those of which none is kept. */
function Pictures({ set, photos }: { readonly set: PhotoSet; readonly photos: readonly number[] }) {
  const photographs = usePhotographs();
  const [shown, setShown] = useState<{ readonly pictures: readonly Thumbnail[]; readonly others: readonly number[] }>();
  const [most, setMost] = useState(PICTURES);
  const key = photos.slice(0, most).join(' ');
  const showMore = ({ currentTarget }: MouseEvent<HTMLButtonElement>) => {
    // The button goes with the last pictures, which take no focus.
    if (photos.length <= most + PICTURES) currentTarget.closest('details')?.querySelector('summary')?.focus();
    setMost(most + PICTURES);
  };
  useEffect(() => {
    let isWanted = true;
    const asked = key.split(' ').map(Number);
    const show = (pictures: readonly Thumbnail[]) => {
      const found = new Set(pictures.map(({ photo }) => photo));
      if (isWanted) setShown({ pictures, others: asked.filter((photo) => !found.has(photo)) });
    };
    photographs.thumbnails(asked).then(show, () => show([]));
    return () => {
      isWanted = false;
    };
  }, [photographs, key]);
  return (
    <>
      <div className={styles.pictures}>
        {shown?.pictures.map(({ photo, size, pixels }) => (
          <PictureCanvas
            key={photo}
            className={styles.picture}
            picture={{ size, rgb: pixels, name: printable(set.paths[photo] ?? '') }}
          />
        ))}
      </div>
      {shown !== undefined && shown.others.length > 0 && (
        <ul className={styles.paths}>
          {shown.others.map((photo) => (
            <li key={photo}>{printable(set.paths[photo] ?? '')}</li>
          ))}
        </ul>
      )}
      {shown !== undefined && photos.length > most && (
        <button type="button" className="btn mini" onClick={showMore}>
          {say('photographs.morePictures', { photos: photos.length - most })}
        </button>
      )}
    </>
  );
}
