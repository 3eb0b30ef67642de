import { LinesPanels } from '../../../charts/inside/LinesPanels.tsx';
import { linesAsNumbers } from '../../../charts/inside/numbers.ts';
import { responsePanels } from '../../../charts/inside/response-panels.ts';
import { PROBES } from '../../../probes/probes.ts';
import { INSIDE, PANEL_WORDS } from '../../../text/inside.ts';
import { afterAndBefore } from '../after.ts';
import { InsideFigure } from '../InsideFigure.tsx';
import { useInView } from '../use-in-view.ts';
import { useMeasured } from '../use-measured.ts';
import type { FigureProps } from './figure-props.ts';

const { title } = PROBES.responses;

/** How strongly the layers respond. */
export function ResponsesFigure({ lanes, height }: FigureProps) {
  const [attach, inView] = useInView<HTMLElement>();
  const { measured, answers } = useMeasured(lanes, 'responses', PROBES.responses.defaults, inView);
  const panels = responsePanels(measured, PANEL_WORDS);
  const steps = measured.map(({ now }) => now.step);
  return (
    <InsideFigure
      name="responses"
      attach={attach}
      note={afterAndBefore(measured)}
      answers={answers}
      tables={panels.map((panel) => linesAsNumbers(panel, title))}
      reading={measured.length === 0 ? [] : PROBES.responses.reading(Math.max(...steps), measured)}
      nets={measured.map(({ net }) => net)}
      height={height}
    >
      {(width) => <LinesPanels panels={panels} width={width} height={height} label={INSIDE.crosshair(title)} />}
    </InsideFigure>
  );
}
