import { Ghost } from 'lucide-react';
import { useState } from 'react';
import { netClass, netStyle } from '../../charts/colours.ts';
import { ErrorByDepth } from '../../charts/depth/ErrorByDepth.tsx';
import { errorText, yDomain } from '../../charts/error-scale.ts';
import type { Spread } from '../../charts/series/seeds.ts';
import { TrainingError } from '../../charts/training/TrainingError.tsx';
import type { EvidenceRecord } from '../../core/results/evidence.ts';
import { say } from '../../language/say.ts';
import { Glyph, Name } from '../../ui/controls/Name.tsx';
import { marksOf } from '../race/curves/marks.ts';
import { useGhostOpener } from './ghost-opener.ts';
import { HowMade } from './HowMade.tsx';
import styles from './paper.module.css';
import { RunHere } from './RunHere.tsx';
import { deepeningOf, IN_THE_PAPER, type RecordedNet, recordedNets } from './record-nets.ts';
import { isRecordName, RECORDS } from './records.ts';

const HEIGHT = 300;
/** Steps in the running mean; recorded curves are means themselves, of which it takes some. */
const WINDOW = { least: 30, means: 3 } as const;

/** What a record shows: its curves, its errors at the end, how these compare with the paper, and how it was made. */
export function RecordedNets({ record }: { readonly record: EvidenceRecord }) {
  const { experiment, seeds } = record;
  const nets = recordedNets(record);
  const whole = nets.reduce((sum, { runs }) => sum + runs.length, 0);
  const all = experiment.lanes.length * seeds.length;
  const title = isRecordName(record.name) ? say(RECORDS[record.name].title) : record.name;
  return (
    <div className={styles.recorded}>
      <Curves record={record} nets={nets} title={say('paper.recordedTitle', { title, steps: experiment.until })} />
      <div className={styles.below}>
        <Ends record={record} nets={nets} />
        <div>
          <Findings record={record} nets={nets} />
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
      />
    </div>
  );
}

/** The errors at the last step, of each net. */
function Ends({ record: { experiment, data }, nets }: PartProps) {
  const isProbed = nets.some(({ response }) => response !== null);
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
        {nets.map(({ lane: { name, net }, series, runs, trb, test, response }) => (
          <tr key={name} className={netClass(net.family)} style={netStyle(series.lightness)}>
            <th scope="row">
              <span className={styles.net}>
                <Glyph family={net.family} depth={net.depth} />
                <Name>{name}</Name>
              </span>
            </th>
            <td>{runs.length}</td>
            <td>{spreadText(trb)}</td>
            <td>{spreadText(test)}</td>
            {isProbed && <td>{spreadText(response, 2)}</td>}
          </tr>
        ))}
      </tbody>
    </table>
  );
}

/** "12.9 (12.1–13.7)": the mean over the seeds, and from the lowest to the highest. */
function spreadText(spread: Spread | null, decimals = 1): string {
  if (spread === null) return '–';
  const [mean, low, high] = [spread.mean, spread.low, spread.high].map((value) => value.toFixed(decimals));
  return spread.count < 2 ? `${mean}` : say('paper.spread', { mean: `${mean}`, low: `${low}`, high: `${high}` });
}

/** How what depth does here compares with the paper; and where it is otherwise, why that may be. */
function Findings({ record, nets }: PartProps) {
  const found = (['plain', 'residual'] as const).flatMap((family) => deepeningOf(nets, family) ?? []);
  const differs = found.some(({ family, deeperIs }) => deeperIs !== IN_THE_PAPER[family]);
  return (
    <ul className={styles.findings}>
      {found.map(({ family, shallow, deep, deeperIs }) => (
        <li key={family}>
          {say('paper.deepening', {
            family,
            from: shallow.lane.net.depth,
            to: deep.lane.net.depth,
            before: errorText(shallow.trb?.mean ?? Number.NaN),
            after: errorText(deep.trb?.mean ?? Number.NaN),
            seeds: Math.min(shallow.runs.length, deep.runs.length),
            is: deeperIs,
          })}
        </li>
      ))}
      {differs && isRecordName(record.name) && <li>{say(RECORDS[record.name].why)}</li>}
    </ul>
  );
}

/** Draws the record behind the live race, or trains it here. */
function Open({ record }: { readonly record: EvidenceRecord }) {
  const { experiment } = record;
  const { hasImages, fitsNow, isDrawn, open, setUp } = useGhostOpener(record);
  return (
    <>
      <p className={styles.run}>
        <button type="button" className="btn mini" aria-pressed={isDrawn} onClick={open}>
          <Ghost size={12} aria-hidden />
          <span>{say('paper.ghost')}</span>
        </button>
        <small>{say('paper.ghostAbout', { how: fitsNow ? 'fits' : hasImages ? 'opens' : 'emoji' })}</small>
      </p>
      {hasImages && (
        <p className={styles.run}>
          <RunHere
            experiment={experiment}
            setUp={setUp}
            text={say('paper.runAll')}
            about={say('paper.runWhole', { nets: experiment.lanes.length, steps: experiment.until })}
          />
        </p>
      )}
    </>
  );
}
