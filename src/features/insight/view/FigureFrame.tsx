import { Pin, PinOff, X } from 'lucide-react';
import { type ReactNode, type RefCallback, useState } from 'react';
import { DataTable } from '../../../charts/panels/DataTable.tsx';
import type { Net } from '../../../charts/panels/panel.ts';
import type { TableData } from '../../../charts/panels/table-data.ts';
import { useWidth } from '../../../charts/plot-area.ts';
import type { LaneSpec } from '../../../core/experiment/experiment.ts';
import { commaJoined, textOf } from '../../../language/joining.ts';
import { say } from '../../../language/say.ts';
import { sayIt } from '../../../language/sentence.ts';
import { ColouredText } from '../../figures/ColouredText.tsx';
import { FigureButton, TableButton } from '../../figures/FigureTools.tsx';
import styles from '../../figures/figure.module.css';
import { SaveFigureMenu } from '../../figures/saved/SaveFigureMenu.tsx';
import { useInsight, useInsightState } from '../../use-stores.ts';
import type { Measurement } from '../inquiry.ts';
import { type FigureName, figureText } from '../probes/probes.ts';
import { type FigureClaim, readingParts } from '../readings.ts';
import { useTrainingCount } from '../use-insight.ts';
import { recordsOf } from './figure-records.ts';

/** What every figure of *Look inside* gets. */
export interface FigureProps {
  /** The lanes to compare; the same array as long as they are the same. */
  readonly lanes: readonly LaneSpec[];
  /** Height of the chart in CSS pixels. */
  readonly height: number;
  /** Whether it stands beside the curves, without heading and sentences. */
  readonly compact: boolean;
}

export interface FigureFrameProps {
  readonly name: FigureName;
  readonly compact: boolean;
  /** Learns whether the figure is on the screen. */
  readonly attach?: RefCallback<HTMLElement>;
  /** After how many steps it was measured; empty before. */
  readonly note: string;
  /** The view that is chosen, which is pinned with the figure; left out where it has only one. */
  readonly view?: string | undefined;
  /** What the figure's own controls are set to, for the caption of a saved picture. */
  readonly settings?: string;
  /** The figure's own controls. */
  readonly tools?: ReactNode;
  readonly answers: readonly Measurement[];
  readonly tables: readonly (TableData & { readonly key: string })[];
  readonly reading: readonly FigureClaim[];
  readonly nets: readonly Net[];
  /** Where the method is from, if that depends on the controls. */
  readonly source?: string;
  /** Height of the chart in CSS pixels, reserved before there is one. */
  readonly height: number;
  readonly children: (width: number) => ReactNode;
}

/** A figure of *Look inside*: its question, its chart or its table, the claims under it, and the source of its method. */
export function FigureFrame(props: FigureFrameProps) {
  const { name, compact, attach, note, settings = '', tools, answers, tables, reading, nets, height, children } = props;
  const { title, question, about, source: method } = figureText(name, useTrainingCount());
  const source = props.source ?? method;
  const [measure, width] = useWidth<HTMLDivElement>();
  const [table, setTable] = useState(false);
  const running = answers.some((answer) => answer.running);
  const measured = answers.some(({ now }) => now !== null);
  const waiting = measured && answers.some((answer) => answer.now === null && answer.running);
  const failures = [...new Set(answers.flatMap(({ failure }) => (failure === null ? [] : [sayIt(failure)])))];
  const said = readingParts(reading);
  const shownNote = waiting ? say('insight.stillMeasuring', { now: note }) : note;
  const save = measured && (
    <SaveFigureMenu
      name={name}
      title={title}
      note={commaJoined([settings, note])}
      nets={nets}
      keys={[]}
      reading={textOf(said)}
      source={source}
      records={() => recordsOf(answers)}
      hasPicture={!table}
    />
  );
  return (
    <figure ref={attach} className={`fig ${styles.figure}`} aria-label={title} aria-busy={running}>
      {!compact && (
        <div className={styles.head}>
          <h3>{question}</h3>
          <p className="fig-note">
            <span>{title}</span>
            {shownNote && <span>{shownNote}</span>}
          </p>
          <div className="fig-tools">
            {save}
            {measured && <TableButton table={table} onChange={setTable} />}
            <PlaceButtons name={name} view={props.view} question={question} />
          </div>
        </div>
      )}
      {(tools || compact) && (
        <div className={styles.tools}>
          {tools}
          {compact && <span className="fig-note">{shownNote}</span>}
        </div>
      )}
      <div ref={measure} className={styles.chart} data-picture style={{ minHeight: height }}>
        {measured && table && tables.map((numbers) => <DataTable key={numbers.key} data={numbers} height={height} />)}
        {measured && !table && width !== null && width > 0 && children(width)}
        {!measured && <p className={styles.waiting}>{running ? say('insight.measuring') : about}</p>}
      </div>
      <div role="status" aria-live="polite">
        {failures.map((failure) => (
          <p key={failure} className="problem">
            {say('insight.notMeasured', { why: failure })}
          </p>
        ))}
      </div>
      {!compact && (
        <figcaption className={styles.reading}>
          {measured && (
            <p>
              <ColouredText parts={said} nets={nets} />
            </p>
          )}
          <small>{source}</small>
        </figcaption>
      )}
    </figure>
  );
}

interface PlaceButtonsProps {
  readonly name: FigureName;
  readonly view: string | undefined;
  readonly question: string;
}

/** Puts the figure beside the curves as it is shown, or back, and folds it to its card. */
function PlaceButtons({ name, view, question }: PlaceButtonsProps) {
  const insight = useInsight();
  const pinned = useInsightState((state) => state.pinned === name);
  return (
    <>
      <FigureButton
        icon={pinned ? PinOff : Pin}
        label={pinned ? say('insight.unpinFigure', { question }) : say('insight.pinFigure', { question })}
        title={pinned ? say('insight.unpin') : say('insight.pin')}
        onClick={() => (pinned ? insight.pin(null) : insight.pin(name, view))}
      />
      <FigureButton
        icon={X}
        label={say('insight.closeFigure', { question })}
        title={say('insight.close')}
        onClick={() => insight.closeFigure(name)}
      />
    </>
  );
}
