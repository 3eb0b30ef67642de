import { Trash2 } from 'lucide-react';
import { say } from '../../../language/say.ts';
import { sayAlone } from '../../../language/sentence.ts';
import { usePhotographs, usePhotographsState } from '../../use-stores.ts';
import { ConfusionList } from './ConfusionList.tsx';
import { ErrorsFigure } from './ErrorsFigure.tsx';
import { NetsTable } from './NetsTable.tsx';
import { PhotosChoice } from './PhotosChoice.tsx';
import styles from './photographs.module.css';
import { useScores } from './use-scores.ts';

/** A person's labelled photographs, classified by one pretrained net after the other. */
export function PhotographsPart({ className }: { readonly className: string | undefined }) {
  const photographs = usePhotographs();
  const set = usePhotographsState((state) => state.set);
  const failure = usePhotographsState((state) => state.failure);
  const scores = useScores();
  return (
    <section id="photographs" className={className} aria-label={say('photographs.title')}>
      <div className="fig-head">
        <h3>{say('photographs.title')}</h3>
        {set !== null && (
          <div className="fig-tools">
            <button type="button" className="btn mini" onClick={photographs.clear}>
              <Trash2 size={12} aria-hidden />
              <span>{say('photographs.clear')}</span>
            </button>
          </div>
        )}
      </div>
      <p className="reading">{say('photographs.about')}</p>
      <PhotosChoice />
      <div role="alert" aria-live="assertive">
        {failure !== null && <p className={styles.problem}>{sayAlone(failure)}</p>}
      </div>
      {set !== null && (
        <>
          <NetsTable scores={scores} />
          {scores.length > 0 && (
            <div className={styles.results}>
              <ErrorsFigure scores={scores} />
              <ConfusionList set={set} nets={scores.map(({ name }) => name)} />
            </div>
          )}
        </>
      )}
      <p className="source">{say('photographs.source')}</p>
    </section>
  );
}
