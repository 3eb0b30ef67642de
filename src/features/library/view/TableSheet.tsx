import type { ReactNode } from 'react';
import {
  datasetTitle,
  mostTrained,
  type TableChoice,
  type TableOffer,
  type TableSplit,
} from '../../../core/data/library.ts';
import { count } from '../../../core/format.ts';
import { printable } from '../../../core/quote.ts';
import { say } from '../../../language/say.ts';
import { Select } from '../../../ui/controls/Choice.tsx';
import { Name } from '../../../ui/controls/Name.tsx';
import { useLibrary, useLibraryState } from '../../use-stores.ts';
import { offerTexts } from '../words.ts';
import { TestShareRow } from './GiveFiles.tsx';
import styles from './library.module.css';

const COUNTS = [1000, 2000, 5000, 10_000, 20_000, 50_000, 100_000];
/** No part of a set has no name. */
const SHARE = '';

/** The sheet that asks which splits and columns of a table are to be read, and how many images. */
export function TableSheet({ offer }: { readonly offer: TableOffer }) {
  const library = useLibrary();
  const looking = useLibraryState((state) => state.looking);
  const { name, source, configs, splits, images, labels, choice, train, test } = offer;
  const choose = (part: Partial<TableChoice>) => library.choose({ ...choice, ...part });
  const most = mostTrained(train.rows, test?.rows ?? 0);
  const rowsOf = (split: string) => [train, test].find((each) => each?.name === split)?.rows ?? null;
  const counts = [...new Set([...COUNTS, choice.count, most])].filter((each) => each <= most).sort((a, b) => a - b);
  const countOptions = counts.map((each) => ({ value: String(each), text: countText(each, train) }));
  const splitOptions = splits.map((value) => ({ value, text: splitText(value, rowsOf(value)) }));
  const others = splitOptions.filter(({ value }) => value !== choice.train);
  return (
    <form
      className={styles.tableSheet}
      aria-busy={looking}
      onSubmit={(event) => {
        event.preventDefault();
        library.fetch(choice);
      }}
    >
      <h3>
        <span>{`${datasetTitle(name)} `}</span>
        {datasetTitle(name) !== name && (
          <small>
            <Name>{name}</Name>
          </small>
        )}
      </h3>
      {configs.length > 1 && (
        <Row label={say('library.version')}>
          <Select
            label={say('library.version')}
            value={choice.config}
            options={configs.map((value) => ({ value, text: value }))}
            onChange={(config) => choose({ config })}
          />
        </Row>
      )}
      {splits.length > 1 && (
        <>
          <Row label={say('library.trainOn')}>
            <Select
              label={say('library.trainOn')}
              value={choice.train}
              options={splitOptions}
              onChange={(value) => choose({ train: value })}
            />
          </Row>
          <Row label={say('library.testOn')}>
            <Select
              label={say('library.testOn')}
              value={choice.test ?? SHARE}
              options={[...others, { value: SHARE, text: say('library.ownShare') }]}
              onChange={(value) => choose({ test: value === SHARE ? null : value })}
            />
          </Row>
        </>
      )}
      {test === null && <TestShareRow />}
      {images.length > 1 && (
        <Row label={say('library.imagesIn')}>
          <Select
            label={say('library.imagesIn')}
            value={choice.image}
            options={images.map((each) => ({ value: each.name, text: each.name }))}
            onChange={(image) => choose({ image })}
          />
        </Row>
      )}
      {labels.length > 1 && (
        <Row label={say('library.labelsIn')}>
          <Select
            label={say('library.labelsIn')}
            value={choice.label}
            options={labels.map((each) => ({ value: each.name, text: labelText(each.name, each.classes) }))}
            onChange={(label) => choose({ label })}
          />
        </Row>
      )}
      <Row label={say('library.images')}>
        <Select
          label={say('library.images')}
          value={String(choice.count)}
          options={countOptions}
          onChange={(value) => choose({ count: Number(value) })}
        />
      </Row>
      <p>
        {offerTexts(offer).map((text) => (
          <span key={text}>{`${text} `}</span>
        ))}
      </p>
      <div className="dialog-actions">
        <button type="button" className="btn" onClick={library.again}>
          {say('library.otherData')}
        </button>
        <button type="submit" className="btn primary" disabled={looking}>
          {source === 'hub' ? say('library.download') : say('library.read')}
        </button>
      </div>
    </form>
  );
}

function Row({ label, children }: { readonly label: string; readonly children: ReactNode }) {
  return (
    <div className="form-row">
      <span>{label}</span>
      {children}
    </div>
  );
}

function splitText(name: string, rows: number | null): string {
  return rows === null ? printable(name) : say('library.named', { name: printable(name), count: rows });
}

/** How many of a part's images are read: all of them, or fewer. */
function countText(images: number, { rows, exact }: TableSplit): string {
  if (images < rows) return count(images);
  return exact ? say('library.all', { rows }) : say('library.allAbout', { rows });
}

function labelText(name: string, classes: number | null): string {
  return classes === null ? printable(name) : say('library.namedClasses', { name: printable(name), classes });
}
