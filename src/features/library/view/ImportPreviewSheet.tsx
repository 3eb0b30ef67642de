import type { ImportPreview } from '../../../core/data/library.ts';
import { bytesText, count } from '../../../core/format.ts';
import { cutName } from '../../../core/quote.ts';
import { say } from '../../../language/say.ts';
import { sayIt } from '../../../language/sentence.ts';
import { Name } from '../../../ui/controls/Name.tsx';
import { PictureCanvas } from '../../../ui/controls/PictureCanvas.tsx';
import { useLibrary, useLibraryState } from '../../use-stores.ts';
import { ArrangementChoice, DuplicatesChoice, SizeChoice } from './ImportChoices.tsx';
import styles from './library.module.css';

const LONGEST_NAME = 60;

/** What was found in a person's files: the classes, how many images, and what is left out. */
export function ImportPreviewSheet({ preview }: { readonly preview: ImportPreview }) {
  const library = useLibrary();
  const isTable = useLibraryState((state) => state.offer !== null);
  const { kind, train, test, bytes, classes, skipped, skippedCount, skippedMore } = preview;
  const wish = useLibraryState((state) => state.wish);
  const keeping = useLibraryState((state) => state.keeping);
  const name = wish.name ?? (kind.startsWith('CIFAR') ? kind : plainName(preview.name));
  const title = say('library.classes', { classes: classes.length });
  return (
    <form
      onSubmit={(event) => {
        event.preventDefault();
        library.use(name.trim());
      }}
    >
      <p>
        {say('library.found', {
          kind: kind === 'images' ? say('library.folders') : kind,
          train,
          test,
          size: bytesText(bytes),
        })}
      </p>
      {preview.arrangement !== null && <ArrangementChoice arrangement={preview.arrangement} />}
      <DuplicatesChoice
        preview={preview}
        without={wish.withoutShared}
        onChange={(withoutShared) => library.decide({ withoutShared })}
      />
      {preview.noisy && <p className="note">{say('library.noisy')}</p>}
      {kind === 'images' && <SizeChoice preview={preview} />}
      {/* biome-ignore lint/a11y/noNoninteractiveTabindex: what scrolls must be reachable by keys. */}
      <section className={styles.tableScroll} tabIndex={0} aria-label={title}>
        <table>
          <caption>{title}</caption>
          <thead>
            <tr>
              <th scope="col">{say('library.class')}</th>
              <th scope="col">{say('library.images')}</th>
              <th scope="col">{say('library.train')}</th>
              <th scope="col">{say('library.test')}</th>
            </tr>
          </thead>
          <tbody>
            {classes.map((each) => (
              <tr key={each.name}>
                <th scope="row">
                  <Name>{each.name}</Name>
                </th>
                <td>
                  <span className={styles.images}>
                    {each.samples.map((picture) => (
                      <PictureCanvas key={picture.name} picture={picture} className={styles.sample} />
                    ))}
                  </span>
                  {each.train === 1 && each.test === 0 && <small>{say('library.single')}</small>}
                </td>
                <td className={styles.number}>{count(each.train)}</td>
                <td className={styles.number}>{count(each.test)}</td>
              </tr>
            ))}
          </tbody>
        </table>
      </section>
      {skippedCount > 0 && (
        <details className={styles.skipped}>
          <summary>{say('library.skipped', { files: skippedCount })}</summary>
          <ul>
            {skipped.map(({ path, reason }) => (
              <li key={sayIt(path)}>
                <code>
                  <Name>{sayIt(path)}</Name>
                </code>
                <span>{` ${sayIt(reason)}`}</span>
              </li>
            ))}
            {skippedMore > 0 && <li>{say('library.skippedMore', { more: skippedMore })}</li>}
          </ul>
        </details>
      )}
      <label className="form-row">
        <span>{say('library.name')}</span>
        <input
          className="field wide"
          value={name}
          maxLength={LONGEST_NAME}
          onChange={({ target }) => library.decide({ name: target.value })}
        />
      </label>
      <div className="dialog-actions">
        <button type="button" className="btn" disabled={keeping} onClick={library.again}>
          {isTable ? say('library.changeSelection') : say('library.otherFiles')}
        </button>
        <button type="submit" className="btn primary" disabled={name.trim() === '' || keeping}>
          {say('library.use')}
        </button>
      </div>
    </form>
  );
}

/** A file's name as a person would say it. */
function plainName(file: string): string {
  return cutName(file.replace(/(\.tar)?\.\w{1,4}$/i, ''), LONGEST_NAME);
}
