import type { ReactNode } from 'react';
import type { ChartLabels } from '../labels/labels.ts';
import { WINDOWS } from '../series/running-mean.ts';
import type { StepScaleKind } from './step-scale.ts';

interface TrainingHeadProps {
  readonly labels: ChartLabels;
  /** Whether any lane shows its steps and tests: only then the key names them. */
  readonly whole: boolean;
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
  const { labels, whole, means, seeds, window, onWindow, kind, onKind, table, onTable, tools, legend } = props;
  const words = labels.trainingError;
  return (
    <div className="fig-head">
      <h2>{words.title}</h2>
      <div className="fig-key">
        <span>
          <svg viewBox="0 0 22 8" aria-hidden="true">
            <path d="M1 4h20" strokeWidth={2.5} />
          </svg>
          <select
            className="fig-select"
            aria-label={words.smoothing}
            value={window}
            onChange={(event) => onWindow(Number(event.target.value))}
          >
            {WINDOWS.map((one) => (
              <option key={one} value={one}>
                {words.mean(one)}
              </option>
            ))}
          </select>
        </span>
        {whole && !means && window > 1 && (
          <span>
            <svg viewBox="0 0 22 8" aria-hidden="true">
              <path d="M1 5l5-3 5 4 5-4 5 3" opacity={0.6} />
            </svg>
            <span>{words.eachStep}</span>
          </span>
        )}
        {seeds > 0 && (
          <span>
            <svg viewBox="0 0 22 8" aria-hidden="true">
              <rect x={1} width={20} height={8} rx={1} />
            </svg>
            <span>{labels.seeds.band(seeds)}</span>
          </span>
        )}
        {whole && (
          <span>
            <svg viewBox="0 0 22 8" aria-hidden="true">
              <path d="M1 4h20" strokeWidth={1.5} strokeDasharray="5 4" />
            </svg>
            <span>{words.test}</span>
          </span>
        )}
      </div>
      <div className="fig-tools">
        {!table && (
          <fieldset className="fig-seg" aria-label={words.stepScale}>
            {KINDS.map((one) => (
              <button key={one} type="button" aria-pressed={kind === one} onClick={() => onKind(one)}>
                {words[one]}
              </button>
            ))}
          </fieldset>
        )}
        {tools}
        <button
          type="button"
          className="fig-button square"
          aria-label={table ? words.showChart : words.showTable}
          title={table ? words.showChart : words.showTable}
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
