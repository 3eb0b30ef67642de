import { LinesPanels } from '../../../charts/inside/LinesPanels.tsx';
import { linesAsNumbers } from '../../../charts/inside/numbers.ts';
import { shatteringPanel } from '../../../charts/inside/shattering-panel.ts';
import { PROBE_DEFAULTS } from '../../../spec/probe.ts';
import { FIGURE_TEXT, INSIDE, PANEL_WORDS } from '../../../text/inside.ts';
import { shatteringReading } from '../../../text/readings.ts';
import { afterAndBefore } from '../after.ts';
import { InsideFigure } from '../InsideFigure.tsx';
import { useInView } from '../use-in-view.ts';
import { useMeasured } from '../use-measured.ts';
import type { FigureProps } from './figure-props.ts';

const { title } = FIGURE_TEXT.shattering;

/** How far gradients at nearby inputs agree. */
export function ShatteringFigure({ lanes, height }: FigureProps) {
  const [attach, inView] = useInView<HTMLElement>();
  const { measured, answers } = useMeasured(lanes, 'shattering', PROBE_DEFAULTS.shattering, inView);
  const panel = shatteringPanel(measured, PANEL_WORDS);
  const steps = measured.map(({ now }) => now.step);
  const lags = measured.map(({ net, now: { autocorrelation } }) => {
    const half = autocorrelation.findIndex((value) => value < 0.5);
    return { lane: net.name, value: half < 0 ? Number.POSITIVE_INFINITY : half };
  });
  return (
    <InsideFigure
      name="shattering"
      attach={attach}
      note={afterAndBefore(measured)}
      answers={answers}
      tables={[linesAsNumbers(panel, title)]}
      reading={shatteringReading(Math.max(0, ...steps), lags, PROBE_DEFAULTS.shattering.points)}
      nets={measured.map(({ net }) => net)}
      height={height}
    >
      {(width) => <LinesPanels panels={[panel]} width={width} height={height} label={INSIDE.crosshair(title)} />}
    </InsideFigure>
  );
}
