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
}

/**
 * The figure of the training curves: it follows the width that it is given, zooms, and shows itself as a table. Another race
 * needs another `key`, so that it is not shown in the view of this one.
 */
export function TrainingError({ label, head, kind, table, ...data }: TrainingErrorProps) {
  const { series, past = [], window, height } = data;
  const [attach, width] = useWidth<HTMLDivElement>();
  // A view of one kind of axis means nothing on the other.
  const [zoom, setZoom] = useState<{ readonly kind: StepScaleKind; readonly view: View | null }>({ kind, view: null });
  const viewOf = (state: typeof zoom) => (state.kind === kind ? state.view : null);
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
            onView={(change) => setZoom((before) => ({ kind, view: change(viewOf(before)) }))}
          />
        )}
      </div>
    </figure>
  );
}
