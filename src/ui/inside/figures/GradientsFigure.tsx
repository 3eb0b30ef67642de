import { gradientPanel } from '../../../charts/inside/gradient-panel.ts';
import { LinesPanels } from '../../../charts/inside/LinesPanels.tsx';
import { linesAsNumbers } from '../../../charts/inside/numbers.ts';
import { PROBE_DEFAULTS } from '../../../spec/probe.ts';
import { FIGURE_TEXT, INSIDE, PANEL_WORDS } from '../../../text/inside.ts';
import { gradientReading } from '../../../text/readings.ts';
import { afterAndBefore } from '../after.ts';
import { InsideFigure } from '../InsideFigure.tsx';
import { useInView } from '../use-in-view.ts';
import { useMeasured } from '../use-measured.ts';
import type { FigureProps } from './figure-props.ts';

const { title } = FIGURE_TEXT.gradients;

/** How large the gradient is in every layer. */
export function GradientsFigure({ lanes, height }: FigureProps) {
  const [attach, inView] = useInView<HTMLElement>();
  const { measured, answers } = useMeasured(lanes, 'gradients', PROBE_DEFAULTS.gradients, inView);
  const panel = gradientPanel(measured, PANEL_WORDS);
  const steps = measured.map(({ now }) => now.step);
  const ratios = measured.map(({ net, now }) => ({ lane: net.name, value: now.ratio }));
  const before = measured.flatMap(({ net, before: then }) =>
    then === null ? [] : [{ step: then.step, lane: net.name, value: then.ratio }],
  );
  const first = before.length === 0 ? null : { step: Math.max(...before.map(({ step }) => step)), ratios: before };
  return (
    <InsideFigure
      name="gradients"
      attach={attach}
      note={afterAndBefore(measured)}
      answers={answers}
      tables={[linesAsNumbers(panel, title)]}
      reading={gradientReading(Math.max(0, ...steps), ratios, first)}
      nets={measured.map(({ net }) => net)}
      height={height}
    >
      {(width) => <LinesPanels panels={[panel]} width={width} height={height} label={INSIDE.crosshair(title)} />}
    </InsideFigure>
  );
}
