import type { ReactNode } from 'react';
import { say } from '../../language/say.ts';
import { WINDOWS } from '../series/running-mean.ts';
import type { StepScaleKind } from './step-scale.ts';
import type { LinesShown } from './use-axes.ts';

interface TrainingHeadProps {
  readonly shows: LinesShown;
  readonly onShows: (shows: LinesShown) => void;
  /** Whether the live lines are means over seeds. */
  readonly means: boolean;
  /** How many seeds any lines are means of; 0 where none is. */
  readonly seeds: number;
  readonly window: number;
  readonly onWindow: (window: number) => void;
  readonly kind: StepScaleKind;
  readonly onKind: (kind: StepScaleKind) => void;
  readonly table: boolean;
  readonly onTable: (table: boolean) => void;
  readonly tools: ReactNode;
  readonly legend: ReactNode;
}

const KINDS = ['linear', 'log'] as const;

/** The title, the key of the lines, and what can be changed about them. */
export function TrainingHead(props: TrainingHeadProps) {
  const { shows, onShows, means, seeds, window, onWindow, kind, onKind, table, onTable, tools, legend } = props;
  return (
    <div className="fig-head">
      <h2>{say('charts.trainingErrorByStep')}</h2>
      <div className="fig-key">
        <span>
          <svg viewBox="0 0 22 8" aria-hidden="true">
            <path d="M1 4h20" strokeWidth={2.5} />
          </svg>
          <select
            className="fig-select"
            aria-label={say('charts.smoothing')}
            value={window}
            onChange={(event) => onWindow(Number(event.target.value))}
          >
            {WINDOWS.map((one) => (
              <option key={one} value={one}>
                {say('charts.stepMean', { window: one })}
              </option>
            ))}
          </select>
        </span>
        {seeds > 0 && (
          <span>
            <svg viewBox="0 0 22 8" aria-hidden="true">
              <rect x={1} width={20} height={8} rx={1} />
            </svg>
            <span>{say('charts.seedBand', { seeds })}</span>
          </span>
        )}
        {!means && window > 1 && (
          <button
            type="button"
            className="fig-toggle"
            aria-pressed={shows.eachStep}
            onClick={() => onShows({ ...shows, eachStep: !shows.eachStep })}
          >
            <svg viewBox="0 0 22 8" aria-hidden="true">
              <path d="M1 5l5-3 5 4 5-4 5 3" />
            </svg>
            <span>{say('charts.eachStep')}</span>
          </button>
        )}
        <button
          type="button"
          className="fig-toggle"
          aria-pressed={shows.newPictures}
          onClick={() => onShows({ ...shows, newPictures: !shows.newPictures })}
        >
          <svg viewBox="0 0 22 8" aria-hidden="true">
            <path d="M1 4h20" strokeWidth={1.5} strokeDasharray="5 4" />
          </svg>
          <span>{say('charts.newPictures')}</span>
        </button>
      </div>
      <div className="fig-tools">
        {!table && (
          <fieldset className="fig-seg" aria-label={say('charts.stepScale')}>
            {KINDS.map((one) => (
              <button key={one} type="button" aria-pressed={kind === one} onClick={() => onKind(one)}>
                {say(`charts.${one}`)}
              </button>
            ))}
          </fieldset>
        )}
        {tools}
        <button
          type="button"
          className="fig-button square"
          aria-label={say(table ? 'charts.showChart' : 'charts.showTable')}
          title={say(table ? 'charts.showChart' : 'charts.showTable')}
          onClick={() => onTable(!table)}
        >
          <svg viewBox="0 0 16 16" aria-hidden="true">
            <path d={table ? 'M3 3v10h10M5.5 10l2.5-4 2.5 2L13 4' : 'M3 4h10M3 8h10M3 12h10M7 4v8'} />
          </svg>
        </button>
      </div>
      {legend}
    </div>
  );
}
