import { useEffect, useState } from 'react';
import type { PhotoSet, Thumbnail } from '../../../core/data/photographs.ts';
import { printable } from '../../../core/quote.ts';
import { say } from '../../../language/say.ts';
import { Select } from '../../../ui/controls/Choice.tsx';
import { PictureCanvas } from '../../../ui/controls/PictureCanvas.tsx';
import { usePhotographs, usePhotographsState } from '../../use-stores.ts';
import { type Confusion, confusionsOf } from '../results.ts';
import styles from './photographs.module.css';

/** Rows of the list, and pictures of a row. */
const MOST_ROWS = 20;
const MOST_PICTURES = 24;

interface ConfusionListProps {
  readonly set: PhotoSet;
  /** Nets that have answered. */
  readonly nets: readonly string[];
}

/** What a net takes for what, the most frequent first, with the photographs behind each row. */
export function ConfusionList({ set, nets }: ConfusionListProps) {
  const [wanted, setWanted] = useState<string | null>(null);
  const name = wanted !== null && nets.includes(wanted) ? wanted : (nets.at(-1) ?? '');
  const run = usePhotographsState((state) => state.runs.get(name));
  const confusions = run === undefined ? [] : confusionsOf(run.answers, set.labels);
  const more = confusions.length - MOST_ROWS;
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
      {confusions.length === 0 && <p className="reading">{say('photographs.noConfusions')}</p>}
      <ul className={styles.confusions}>
        {confusions.slice(0, MOST_ROWS).map((confusion) => (
          <ConfusionRow key={`${name} ${confusion.truth} ${confusion.told}`} set={set} confusion={confusion} />
        ))}
      </ul>
      {more > 0 && <p className="source">{say('photographs.moreConfusions', { rows: more })}</p>}
    </section>
  );
}

function ConfusionRow({ set, confusion }: { readonly set: PhotoSet; readonly confusion: Confusion }) {
  const { truth, told, photos } = confusion;
  const [open, setOpen] = useState(false);
  return (
    <li>
      <details open={open} onToggle={({ currentTarget }) => setOpen(currentTarget.open)}>
        <summary>
          {say('photographs.confusion', {
            truth: className(set, truth),
            told: className(set, told),
            photos: photos.length,
          })}
        </summary>
        {open && <Pictures set={set} photos={photos} />}
      </details>
    </li>
  );
}

/** Small pictures of the photographs, loaded when they are first seen. */
function Pictures({ set, photos }: { readonly set: PhotoSet; readonly photos: readonly number[] }) {
  const photographs = usePhotographs();
  const [pictures, setPictures] = useState<readonly Thumbnail[] | null>(null);
  const shown = photos.slice(0, MOST_PICTURES);
  const key = shown.join(' ');
  useEffect(() => {
    let isWanted = true;
    photographs.thumbnails(key.split(' ').map(Number)).then(
      (found) => isWanted && setPictures(found),
      () => isWanted && setPictures([]),
    );
    return () => {
      isWanted = false;
    };
  }, [photographs, key]);
  const missing = photos.length - (pictures?.length ?? 0);
  return (
    <>
      <div className={styles.pictures}>
        {pictures?.map(({ photo, size, pixels }) => (
          <PictureCanvas
            key={photo}
            className={styles.picture}
            picture={{ size, rgb: pixels, name: printable(set.paths[photo] ?? '') }}
          />
        ))}
      </div>
      {pictures !== null && missing > 0 && <p className="source">{say('photographs.notShown', { photos: missing })}</p>}
    </>
  );
}

function className({ classes }: PhotoSet, index: number): string {
  const [name] = classes[index]?.names ?? [];
  return name === undefined ? say('zoo.classNumber', { label: index }) : printable(name);
}
