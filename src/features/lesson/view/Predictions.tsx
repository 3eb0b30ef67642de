import { ListChecks } from 'lucide-react';
import { useRef, useState } from 'react';
import { depthLightness, netClass, netStyle } from '../../../charts/colours.ts';
import { errorText } from '../../../charts/error-scale.ts';
import { say } from '../../../language/say.ts';
import { Button } from '../../../ui/controls/Button.tsx';
import { Modal } from '../../../ui/controls/Modal.tsx';
import { Name } from '../../../ui/controls/Name.tsx';
import { saveFile } from '../../../ui/save-file.ts';
import { pngOf } from '../../figures/saved/png.ts';
import { standalone } from '../../figures/saved/standalone.ts';
import { useLab, useLabState, useLesson, useLessonState } from '../../use-stores.ts';
import { chapterAddress } from '../address.ts';
import { type GuessedEnd, guessedEnds, handedIn, predictionsOf } from '../predictions.ts';
import styles from './predictions.module.css';
import { Quiz } from './Quiz.tsx';

const FILE = 'resnet-playground-predictions';

/**
 * The button to all predictions with their outcomes, which are kept in the browser, saved, and deleted on request; at the
 * end of the lesson it is the next thing to do.
 */
export function PredictionsButton({ isNext = false }: { readonly isNext?: boolean }) {
  const [open, setOpen] = useState(false);
  const text = say('lesson.end');
  return (
    <Modal
      title={text}
      open={open}
      onOpen={setOpen}
      trigger={
        <button type="button" className={isNext ? 'btn primary' : `btn mini ${styles.open}`}>
          {!isNext && <ListChecks size={17} aria-hidden />}
          <span>{text}</span>
        </button>
      }
    >
      <Predictions />
    </Modal>
  );
}

function Predictions() {
  const lab = useLab();
  const lesson = useLesson();
  const answers = useLessonState((state) => state.answers);
  const outcomes = useLessonState((state) => state.outcomes);
  const quiz = useLessonState((state) => state.quiz);
  const name = useLessonState((state) => state.name);
  const table = useRef<HTMLDivElement>(null);
  const predictions = predictionsOf({ answers, outcomes });
  const linkOf = (chapter: number) => chapterAddress(new URL(location.href), chapter).href;
  const savePicture = async () => {
    if (table.current === null) return;
    const words = { title: say('lesson.end'), note: name, nets: [], keys: [], reading: '', source: '' };
    saveFile(`${FILE}.png`, await pngOf(standalone(table.current, words)));
  };
  const saveJson = () => {
    const text = handedIn(name, { answers, outcomes, quiz }, linkOf);
    saveFile(`${FILE}.json`, new Blob([text], { type: 'application/json' }));
  };
  const hasNothing = predictions.length === 0 && quiz.before === null && quiz.after === null;
  return (
    <div className={styles.page}>
      {predictions.length === 0 ? (
        <p>{say('lesson.noPredictions')}</p>
      ) : (
        <div ref={table} className={styles.table}>
          <table>
            <thead>
              <tr>
                <th scope="col">{say('lesson.chapter')}</th>
                <th scope="col">{say('lesson.youSaid')}</th>
                <th scope="col">{say('lesson.itWas')}</th>
              </tr>
            </thead>
            <tbody>
              {predictions.map(({ chapter, question, answer, outcome, ends }) => (
                <tr key={question}>
                  <th scope="row">
                    <a href={linkOf(chapter)}>{say('lesson.numbered', { number: chapter, question })}</a>
                  </th>
                  <td>
                    <span>{answer}</span>
                    {ends.map(({ lane, guessed }) => (
                      <small key={lane}>{say('lesson.endOf', { net: lane, error: guessed })}</small>
                    ))}
                  </td>
                  <td>
                    <span>{outcome ?? '–'}</span>
                    {ends.map((end) => (
                      <small key={end.lane}>{measuredText(end)}</small>
                    ))}
                  </td>
                </tr>
              ))}
            </tbody>
          </table>
        </div>
      )}
      <Quiz />
      <div className={styles.tools}>
        <label>
          <span>{say('lesson.yourName')}</span>
          <input value={name} maxLength={80} autoComplete="off" onChange={({ target }) => lesson.sign(target.value)} />
        </label>
        <button type="button" className="btn" disabled={hasNothing} onClick={saveJson}>
          {say('lesson.saveFile')}
        </button>
        <button
          type="button"
          className="btn"
          disabled={predictions.length === 0}
          onClick={() => lab.attempt(savePicture)}
        >
          {say('lesson.savePicture')}
        </button>
        <Button className="btn" disabled={hasNothing} onClick={() => lesson.forget()}>
          <span>{say('lesson.forget')}</span>
        </Button>
      </div>
      <p className={styles.note}>{say('lesson.stays')}</p>
    </div>
  );
}

function measuredText({ lane, measured }: GuessedEnd): string {
  return say('lesson.endOf', { net: lane, error: Number.isFinite(measured) ? errorText(measured) : '–' });
}

/** At the end of a chapter, where each curve was guessed to end and where it did. */
export function GuessedEnds() {
  const chapter = useLessonState((state) => state.chapter);
  const answer = useLessonState((state) => state.answers.get(state.chapter.number));
  const outcome = useLessonState((state) => state.outcome ?? undefined);
  const ends = guessedEnds(chapter, answer, outcome);
  if (ends.length === 0) return <span />;
  return (
    <table className={styles.ends}>
      <thead>
        <tr>
          <td />
          <th scope="col">{say('lesson.you')}</th>
          <td />
          <th scope="col">{say('lesson.measured')}</th>
        </tr>
      </thead>
      <tbody>
        {ends.map(({ lane, guessed, measured }) => (
          <tr key={lane}>
            <th scope="row">
              <NetName lane={lane} />
            </th>
            <td>{guessed}</td>
            <td aria-hidden="true">→</td>
            <td className={styles.outcome}>{Number.isFinite(measured) ? errorText(measured) : '–'}</td>
          </tr>
        ))}
      </tbody>
    </table>
  );
}

/** The name of a net in its colour. */
function NetName({ lane }: { readonly lane: string }) {
  const net = useLabState(({ experiment }) => experiment.lanes.find(({ name }) => name === lane)?.net);
  if (net === undefined) return <Name>{lane}</Name>;
  return (
    <span className={`${styles.net} ${netClass(net.family)}`} style={netStyle(depthLightness(net.depth))}>
      <Name>{lane}</Name>
    </span>
  );
}
