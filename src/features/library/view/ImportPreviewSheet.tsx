import { useState } from 'react';
import type { ImportPreview } from '../../../core/data/library.ts';
import { count } from '../../../core/format.ts';
import { cutName } from '../../../core/quote.ts';
import { Name } from '../../../ui/controls/Name.tsx';
import { PictureCanvas } from '../../../ui/controls/PictureCanvas.tsx';
import { useLibrary, useLibraryState } from '../../use-stores.ts';
import { LIBRARY_TEXT } from '../strings.ts';
import { ArrangementChoice, DuplicatesChoice, SizeChoice } from './ImportChoices.tsx';

const words = LIBRARY_TEXT;
const LONGEST_NAME = 60;

/** What was found in a person's files: the classes, how many images, and what is left out. */
export function ImportPreviewSheet({ survey }: { readonly survey: ImportPreview }) {
  const library = useLibrary();
  const isTable = useLibraryState((state) => state.offer !== null);
  const { kind, train, test, bytes, classes, odd, oddCount, oddMore } = survey;
  const [name, setName] = useState(kind.startsWith('CIFAR') ? kind : plainName(survey.name));
  const [without, setWithout] = useState(false);
  return (
    <form
      className="survey"
      onSubmit={(event) => {
        event.preventDefault();
        library.use(name.trim(), without);
      }}
    >
      <p>{`${words.found(kind, train, test)}. ${words.takes(bytes)}.`}</p>
      {survey.arrangement !== null && <ArrangementChoice arrangement={survey.arrangement} />}
      <DuplicatesChoice survey={survey} without={without} onChange={setWithout} />
      {survey.noisy && <p className="note">{words.noisy}</p>}
      {kind === 'images' && <SizeChoice survey={survey} />}
      {/* biome-ignore lint/a11y/noNoninteractiveTabindex: what scrolls must be reachable by keys. */}
      <section className="table-scroll" tabIndex={0} aria-label={words.classesTitle(classes.length)}>
        <table>
          <caption>{words.classesTitle(classes.length)}</caption>
          <thead>
            <tr>
              <th scope="col">{words.class}</th>
              <th scope="col">{words.samples}</th>
              <th scope="col">{words.train}</th>
              <th scope="col">{words.test}</th>
            </tr>
          </thead>
          <tbody>
            {classes.map((each) => (
              <tr key={each.name}>
                <th scope="row">
                  <Name>{each.name}</Name>
                </th>
                <td>
                  <span className="images">
                    {each.samples.map((picture) => (
                      <PictureCanvas key={picture.name} picture={picture} className="sample" />
                    ))}
                  </span>
                  {each.train === 1 && each.test === 0 && <small>{words.single}</small>}
                </td>
                <td className="number">{count(each.train)}</td>
                <td className="number">{count(each.test)}</td>
              </tr>
            ))}
          </tbody>
        </table>
      </section>
      {oddCount > 0 && (
        <details className="odd">
          <summary>{words.odd(oddCount)}</summary>
          <ul>
            {odd.map(({ path, reason }) => (
              <li key={path}>
                <code>
                  <Name>{path}</Name>
                </code>
                <span>{` ${reason}`}</span>
              </li>
            ))}
            {oddMore > 0 && <li>{words.oddMore(oddMore)}</li>}
          </ul>
        </details>
      )}
      <label className="row">
        <span>{words.name}</span>
        <input
          className="field wide"
          value={name}
          maxLength={LONGEST_NAME}
          onChange={(event) => setName(event.target.value)}
        />
      </label>
      <div className="actions">
        <button type="button" className="btn" onClick={library.again}>
          {isTable ? words.otherChoice : words.other}
        </button>
        <button type="submit" className="btn primary" disabled={name.trim() === ''}>
          {words.use}
        </button>
      </div>
    </form>
  );
}

/** A file's name as a person would say it. */
function plainName(file: string): string {
  return cutName(file.replace(/(\.tar)?\.\w{1,4}$/i, ''), LONGEST_NAME);
}
