import '../figure.css';
import { type ReactNode, useState } from 'react';
import { say } from '../../language/say.ts';
import { useWidth } from '../plot-area.ts';
import { ErrorTable } from './ErrorTable.tsx';
import type { StepScaleKind, View } from './step-scale.ts';
import { TrainingPlot } from './TrainingPlot.tsx';
import type { CurvesData } from './use-axes.ts';

interface TrainingErrorProps extends CurvesData {
  /** The figure's accessible name, where the page has another of its kind. */
  readonly label?: string;
  /** The title, and the controls of what follows. */
  readonly head: ReactNode;
  readonly kind: StepScaleKind;
  /** Whether the numbers are shown as a table. */
  readonly table: boolean;
  /** What the curves are of: another race is not shown in the view of this one. */
  readonly race?: number;
}

/** The part of the steps that is shown, and of what. */
interface Zoom {
  readonly kind: StepScaleKind;
  readonly race: number;
  readonly view: View | null;
}

/** The figure of the training curves: it follows the width that it is given, zooms, and shows itself as a table. */
export function TrainingError({ label, head, kind, table, race = 0, ...data }: TrainingErrorProps) {
  const { series, past = [], window, height } = data;
  const [attach, width] = useWidth<HTMLDivElement>();
  // A view of one kind of axis means nothing on the other.
  const [zoom, setZoom] = useState<Zoom>({ kind, race, view: null });
  const viewOf = (state: Zoom) => (state.kind === kind && state.race === race ? state.view : null);
  return (
    <figure className="fig" aria-label={label ?? say('charts.trainingError')}>
      {head}
      <div ref={attach} data-picture style={{ minHeight: height }}>
        {table && <ErrorTable series={[...series, ...past]} window={window} height={height} />}
        {!table && width !== null && (
          <TrainingPlot
            data={data}
            width={width}
            kind={kind}
            view={viewOf(zoom)}
            onView={(change) => setZoom((before) => ({ kind, race, view: change(viewOf(before)) }))}
          />
        )}
      </div>
    </figure>
  );
}
