import { Ghost } from 'lucide-react';
import { useState } from 'react';
import { netClass, netStyle } from '../../charts/colours.ts';
import { ErrorByDepth } from '../../charts/depth/ErrorByDepth.tsx';
import { yDomain } from '../../charts/error-scale.ts';
import { TrainingError } from '../../charts/training/TrainingError.tsx';
import type { EvidenceRecord } from '../../core/results/evidence.ts';
import { say } from '../../language/say.ts';
import { Glyph, Name } from '../../ui/controls/Name.tsx';
import { marksOf } from '../race/curves/marks.ts';
import { RESPONSE_DECIMALS } from '../records/claims.ts';
import { findingsOf } from '../records/findings.ts';
import { useGhostOpener } from '../records/ghost-opener.ts';
import { HowMade } from '../records/HowMade.tsx';
import { endText, type RecordedNet, recordedNets, spreadText, stopAtOnce } from '../records/record-nets.ts';
import { recordTitle } from '../records/records.ts';
import styles from './paper.module.css';
import { ResponsesFigure } from './ResponsesFigure.tsx';
import { RunHere } from './RunHere.tsx';

const HEIGHT = 300;
/** Steps in the running mean; recorded curves are means themselves, of which it takes some. */
const WINDOW = { least: 30, means: 3 } as const;

/** What a record shows: its curves, its errors at the end, how these compare with the paper, and how it was made. */
export function RecordedNets({ record }: { readonly record: EvidenceRecord }) {
  const { experiment, seeds } = record;
  const nets = recordedNets(record);
  const whole = nets.reduce((sum, { runs }) => sum + runs.length, 0);
  const all = experiment.lanes.length * seeds.length;
  const title = say('paper.recordedTitle', { title: recordTitle(record.name), steps: experiment.until });
  const isProbed = nets.some(({ responses }) => responses !== null);
  return (
    <div className={styles.recorded}>
      {isProbed ? <ResponsesFigure nets={nets} title={title} /> : <Curves record={record} nets={nets} title={title} />}
      <div className={styles.below}>
        <Ends record={record} nets={nets} />
        <div>
          <ul className={styles.findings}>
            {findingsOf(record).map((each) => (
              <li key={each}>{each}</li>
            ))}
          </ul>
          {whole < all && <p className={styles.partial}>{say('paper.partial', { whole, all })}</p>}
          <Open record={record} />
          <HowMade record={record} />
        </div>
      </div>
    </div>
  );
}

interface PartProps {
  readonly record: EvidenceRecord;
  readonly nets: readonly RecordedNet[];
}

function Curves({ record, nets, title }: PartProps & { readonly title: string }) {
  const { experiment, data } = record;
  const [hoverStep, setHoverStep] = useState<number | null>(null);
  const [hoveredId, hover] = useState<string | null>(null);
  const series = nets.map((net) => net.series);
  const every = Math.max(1, ...nets.flatMap(({ runs }) => runs.map(({ curve }) => curve.every)));
  const window = Math.max(WINDOW.least, WINDOW.means * every);
  const baseline = { error: data.majority, text: say('paper.baseline'), shortText: say('paper.baseline') };
  const all = series.flatMap((one) => [one, ...(one.seeds?.counted ?? [])]);
  const shared = {
    ...{ series, baseline, window, hoverStep, hoveredId, height: HEIGHT },
    yDomain: yDomain(all, data.majority, window),
    onHover: hover,
  };
  return (
    <div className={styles.figures}>
      <TrainingError
        {...shared}
        label={say('paper.recordedFigure', { figure: say('charts.trainingError'), title })}
        marks={marksOf(experiment, experiment.until)}
        until={experiment.until}
        shows={{ eachStep: false, newPictures: false }}
        kind="linear"
        table={false}
        onHoverStep={setHoverStep}
        hint={null}
        head={
          <div className="fig-head">
            <h4>{title}</h4>
            <span className="fig-note">{say('race.curvesMean', { window })}</span>
          </div>
        }
      />
      <ErrorByDepth
        {...shared}
        label={say('paper.recordedFigure', { figure: say('charts.errorByDepth'), title })}
        title={say('charts.errorByDepth')}
        heading="h4"
      />
    </div>
  );
}

/** The errors at the last step, of each net. */
function Ends({ record: { experiment, data }, nets }: PartProps) {
  const isProbed = nets.some(({ responses }) => responses !== null);
  return (
    <table className={styles.ends}>
      <caption>{say('paper.ends', { steps: experiment.until })}</caption>
      <thead>
        <tr>
          <th scope="col">{say('charts.net')}</th>
          <th scope="col">{say('charts.seeds')}</th>
          <th scope="col">{say('paper.trainEnd')}</th>
          <th scope="col">{say('paper.testEnd', { images: data.test })}</th>
          {isProbed && <th scope="col">{say('paper.responseEnd')}</th>}
        </tr>
      </thead>
      <tbody>
        {nets.map((recorded) => {
          const { name, net } = recorded.lane;
          return (
            <tr key={name} className={netClass(net.family)} style={netStyle(recorded.series.lightness)}>
              <th scope="row">
                <span className={styles.net}>
                  <Glyph family={net.family} depth={net.depth} />
                  <Name>{name}</Name>
                </span>
              </th>
              <td>{recorded.runs.length}</td>
              <td>{endText(recorded, recorded.trb)}</td>
              <td>{endText(recorded, recorded.test)}</td>
              {isProbed && <td>{spreadText(recorded.responses?.mean ?? null, RESPONSE_DECIMALS)}</td>}
            </tr>
          );
        })}
      </tbody>
    </table>
  );
}

/** Draws the record behind the live race, or trains it here. */
function Open({ record }: { readonly record: EvidenceRecord }) {
  const { experiment } = record;
  const { hasImages, way, isDrawn, open, setUp } = useGhostOpener(record);
  return (
    <>
      <p className={styles.run}>
        <button type="button" className="btn mini" aria-pressed={isDrawn} onClick={open}>
          <Ghost size={12} aria-hidden />
          <span>{say('paper.ghost', { how: way })}</span>
        </button>
        <small>{say('paper.ghostAbout', { how: way })}</small>
      </p>
      {hasImages && (
        <p className={styles.run}>
          <RunHere
            experiment={experiment}
            setUp={setUp}
            uncounted={stopAtOnce(record)}
            text={say('paper.runAll')}
            about={say('paper.runWhole', { nets: experiment.lanes.length, steps: experiment.until })}
          />
        </p>
      )}
    </>
  );
}
