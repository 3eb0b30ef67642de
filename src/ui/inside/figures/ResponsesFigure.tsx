import { LinesPanels } from '../../../charts/inside/LinesPanels.tsx';
import { linesAsNumbers } from '../../../charts/inside/numbers.ts';
import { responsePanels } from '../../../charts/inside/response-panels.ts';
import { PROBE_DEFAULTS } from '../../../spec/probe.ts';
import { FIGURE_TEXT, INSIDE, PANEL_WORDS } from '../../../text/inside.ts';
import { responseReading } from '../../../text/readings.ts';
import { afterAndBefore } from '../after.ts';
import { InsideFigure } from '../InsideFigure.tsx';
import { useInView } from '../use-in-view.ts';
import { useMeasured } from '../use-measured.ts';
import type { FigureProps } from './figure-props.ts';

const { title } = FIGURE_TEXT.responses;

/** How strongly the layers respond. */
export function ResponsesFigure({ lanes, height }: FigureProps) {
  const [attach, inView] = useInView<HTMLElement>();
  const { measured, answers } = useMeasured(lanes, 'responses', PROBE_DEFAULTS.responses, inView);
  const panels = responsePanels(measured, PANEL_WORDS);
  const steps = measured.map(({ now }) => now.step);
  const means = measured.map(({ net, now: { sorted } }) => {
    return { lane: net.name, value: sorted.reduce((sum, deviation) => sum + deviation / sorted.length, 0) };
  });
  return (
    <InsideFigure
      name="responses"
      attach={attach}
      note={afterAndBefore(measured)}
      answers={answers}
      tables={panels.map((panel) => linesAsNumbers(panel, title))}
      reading={responseReading(Math.max(0, ...steps), means)}
      nets={measured.map(({ net }) => net)}
      height={height}
    >
      {(width) => <LinesPanels panels={panels} width={width} height={height} label={INSIDE.crosshair(title)} />}
    </InsideFigure>
  );
}
