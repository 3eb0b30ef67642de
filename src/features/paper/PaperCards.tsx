import type { ReactNode } from 'react';
import { depthLightness, netClass, netStyle } from '../../charts/colours.ts';
import type { MessageKey } from '../../language/messages.ts';
import { say } from '../../language/say.ts';
import { ErrorBoundary } from '../../ui/ErrorBoundary.tsx';
import { useRecord } from '../records/record-files.ts';
import { PaperDialog } from '../setup/PaperDialog.tsx';
import { BlocksFigure } from '../zoo/view/BlocksFigure.tsx';
import { OptionsFigure } from '../zoo/view/OptionsFigure.tsx';
import { ResultsFigure } from '../zoo/view/ResultsFigure.tsx';
import { type Ours, PAPER_CARDS, type PaperCard, type PaperNumber } from './cards.ts';
import styles from './paper.module.css';
import { RecordedNets } from './RecordedNets.tsx';
import { RunLabel, RunPreset } from './RunHere.tsx';

/** What is drawn here of the nets for ImageNet, by card. */
const DRAWN: Readonly<Record<string, () => ReactNode>> = {
  'figure-5': () => <BlocksFigure />,
  'table-3': () => (
    <>
      <ResultsFigure protocol="ten-crop" />
      <OptionsFigure />
    </>
  ),
  'table-4': () => <ResultsFigure protocol="single" />,
};

const OURS = {
  live: 'paper.live',
  shown: 'paper.shown',
  missing: 'paper.missing',
  absent: 'paper.absent',
} as const satisfies Readonly<Record<Ours, MessageKey>>;

/** One card a figure or table of the paper: what it says, its numbers, and what is here beside it. */
export function PaperCards() {
  return (
    <>
      <div className="fig-head">
        <h2>{say('paper.title')}</h2>
        <span className="fig-note">{say('paper.about')}</span>
      </div>
      <div className={styles.cards}>
        {PAPER_CARDS.map((card) => (
          <ErrorBoundary key={card.id} part={say(card.title)}>
            <Card {...card} />
          </ErrorBoundary>
        ))}
      </div>
    </>
  );
}

function Card({ id, title, says, printed, ours, here, list = [], run, record: name }: PaperCard) {
  const found = useRecord(name);
  const record = found === 'missing' ? null : found;
  const drawn = DRAWN[id];
  const state = record === null ? OURS[ours] : ours === 'live' ? 'paper.liveRecorded' : 'paper.recorded';
  return (
    <article
      className={record === null && drawn === undefined ? styles.card : `${styles.card} ${styles.wide}`}
      id={`paper-${id}`}
      aria-labelledby={`paper-${id}-title`}
    >
      <div className={styles.printed}>
        <h3 id={`paper-${id}-title`}>{say(title)}</h3>
        <p>{say(says)}</p>
        {list.length > 0 && (
          <ul className={styles.list}>
            {list.map((each) => (
              <li key={each}>{say(each)}</li>
            ))}
          </ul>
        )}
        {printed.map(({ unit, numbers }) => (
          <Numbers key={unit} unit={say(unit)} numbers={numbers} />
        ))}
        <p className={styles.here}>
          <b className={record === null ? styles[ours] : undefined}>{say(state)}</b>
          <span>{say(here)}</span>
        </p>
        {run !== undefined && (
          <p className={styles.run}>
            {run === 'recipe' ? (
              <PaperDialog>
                <RunLabel text={say('paper.run')} />
              </PaperDialog>
            ) : (
              <RunPreset preset={run} />
            )}
          </p>
        )}
      </div>
      {drawn !== undefined && <div className={styles.drawn}>{drawn()}</div>}
      {record !== null && <RecordedNets record={record} />}
    </article>
  );
}

/** The paper’s numbers as bars. */
function Numbers({ unit, numbers }: { readonly unit: string; readonly numbers: readonly PaperNumber[] }) {
  const most = Math.max(...numbers.map(({ value }) => value));
  return (
    <table className={styles.numbers}>
      <caption>{unit}</caption>
      <tbody>
        {numbers.map(({ name, family, value, decimals }) => (
          <tr key={name} className={netClass(family)} style={netStyle(depthLightness(family === 'plain' ? 20 : 56))}>
            <th scope="row" translate="no">
              {name}
            </th>
            <td className={styles.track}>
              <span className={styles.bar} style={{ width: `${(100 * value) / most}%` }} />
            </td>
            <td>{value.toFixed(decimals)}</td>
          </tr>
        ))}
      </tbody>
    </table>
  );
}
