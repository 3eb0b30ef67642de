import '../figure.css';
import { type ReactNode, useState } from 'react';
import { say } from '../../language/say.ts';
import { useWidth } from '../plot-area.ts';
import { seedCount } from '../series/seeds.ts';
import { ErrorTable } from './ErrorTable.tsx';
import type { StepScaleKind, View } from './step-scale.ts';
import { TrainingHead } from './TrainingHead.tsx';
import { TrainingPlot } from './TrainingPlot.tsx';
import type { CurvesData, LinesShown } from './use-axes.ts';

export interface TrainingErrorProps extends CurvesData {
  readonly onWindow: (window: number) => void;
  readonly onShows: (shows: LinesShown) => void;
  /** More tools in the head, which may depend on whether the chart is shown or its table. */
  readonly tools?: ((table: boolean) => ReactNode) | undefined;
  /** Which runs stand behind the live race. */
  readonly legend?: ReactNode;
}

/** The figure of the training curves: it follows the width that it is given, zooms, and shows itself as a table. */
export function TrainingError({ onWindow, tools, legend, onShows, ...data }: TrainingErrorProps) {
  const { series, past = [], window, height } = data;
  const [attach, width] = useWidth<HTMLDivElement>();
  const [kind, setKind] = useState<StepScaleKind>('linear');
  const [view, setView] = useState<View | null>(null);
  const [table, setTable] = useState(false);
  const changeKind = (next: StepScaleKind) => {
    setKind(next);
    setView(null);
  };
  return (
    <figure className="fig" aria-label={say('charts.trainingError')}>
      <TrainingHead
        shows={data.shows}
        onShows={onShows}
        means={seedCount(series) > 0}
        seeds={seedCount([...series, ...past])}
        window={window}
        onWindow={onWindow}
        kind={kind}
        onKind={changeKind}
        table={table}
        onTable={setTable}
        tools={tools?.(table)}
        legend={legend}
      />
      <div ref={attach} data-picture style={{ minHeight: height }}>
        {table && <ErrorTable series={[...series, ...past]} window={window} height={height} />}
        {!table && width !== null && (
          <TrainingPlot data={data} width={width} kind={kind} view={view} onView={setView} />
        )}
      </div>
    </figure>
  );
}
