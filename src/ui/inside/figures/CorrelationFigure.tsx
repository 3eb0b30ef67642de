import { correlationPanel } from '../../../charts/inside/correlation-panel.ts';
import { LinesPanels } from '../../../charts/inside/LinesPanels.tsx';
import { linesAsNumbers } from '../../../charts/inside/numbers.ts';
import { PROBES } from '../../../probes/probes.ts';
import { INSIDE, PANEL_WORDS } from '../../../text/inside.ts';
import { afterAndBefore } from '../after.ts';
import { InsideFigure } from '../InsideFigure.tsx';
import { useInView } from '../use-in-view.ts';
import { useMeasured } from '../use-measured.ts';
import type { FigureProps } from './figure-props.ts';

const { title } = PROBES.correlation;

/** How far two batches agree. */
export function CorrelationFigure({ lanes, height }: FigureProps) {
  const [attach, inView] = useInView<HTMLElement>();
  const { measured, answers } = useMeasured(lanes, 'correlation', PROBES.correlation.defaults, inView);
  const panel = correlationPanel(measured, PANEL_WORDS);
  const steps = measured.map(({ now }) => now.step);
  return (
    <InsideFigure
      name="correlation"
      attach={attach}
      note={afterAndBefore(measured)}
      answers={answers}
      tables={[linesAsNumbers(panel, title)]}
      reading={measured.length === 0 ? [] : PROBES.correlation.reading(Math.max(...steps), measured)}
      nets={measured.map(({ net }) => net)}
      height={height}
    >
      {(width) => <LinesPanels panels={[panel]} width={width} height={height} label={INSIDE.crosshair(title)} />}
    </InsideFigure>
  );
}
