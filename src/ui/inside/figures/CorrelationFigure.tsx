import { correlationPanel } from '../../../charts/inside/correlation-panel.ts';
import { LinesPanels } from '../../../charts/inside/LinesPanels.tsx';
import { linesAsNumbers } from '../../../charts/inside/numbers.ts';
import { PROBE_DEFAULTS } from '../../../spec/probe.ts';
import { FIGURE_TEXT, INSIDE, PANEL_WORDS } from '../../../text/inside.ts';
import { correlationReading } from '../../../text/readings.ts';
import { afterAndBefore } from '../after.ts';
import { InsideFigure } from '../InsideFigure.tsx';
import { useInView } from '../use-in-view.ts';
import { useMeasured } from '../use-measured.ts';
import type { FigureProps } from './figure-props.ts';

const { title } = FIGURE_TEXT.correlation;

/** How far two batches agree. */
export function CorrelationFigure({ lanes, height }: FigureProps) {
  const [attach, inView] = useInView<HTMLElement>();
  const { measured, answers } = useMeasured(lanes, 'correlation', PROBE_DEFAULTS.correlation, inView);
  const panel = correlationPanel(measured, PANEL_WORDS);
  const steps = measured.map(({ now }) => now.step);
  const means = measured.map(({ net, now }) => ({ lane: net.name, value: now.mean }));
  return (
    <InsideFigure
      name="correlation"
      attach={attach}
      note={afterAndBefore(measured)}
      answers={answers}
      tables={[linesAsNumbers(panel, title)]}
      reading={correlationReading(Math.max(0, ...steps), means)}
      nets={measured.map(({ net }) => net)}
      height={height}
    >
      {(width) => <LinesPanels panels={[panel]} width={width} height={height} label={INSIDE.crosshair(title)} />}
    </InsideFigure>
  );
}
