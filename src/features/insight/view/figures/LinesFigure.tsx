import { LinesPanels } from '../../../../charts/panels/Panels.tsx';
import { linesTable } from '../../../../charts/panels/table-data.ts';
import { type LinesName, linesProbe } from '../../probes/probes.ts';
import { INSIDE } from '../../strings.ts';
import { useMeasured } from '../../use-insight.ts';
import { afterAndBefore, stepsOf } from '../after.ts';
import { InsideFigure } from '../InsideFigure.tsx';
import { probePanel } from '../probe-panel.ts';
import { useInView } from '../use-in-view.ts';
import type { FigureProps } from './figure-props.ts';

export interface LinesFigureProps<Name extends LinesName> extends FigureProps {
  readonly name: Name;
}

/** A probe of several nets as lines, measured again as they train, with pale lines of step 0. */
export function LinesFigure<Name extends LinesName>({ name, lanes, height }: LinesFigureProps<Name>) {
  const probe = linesProbe(name);
  const { title, led = false } = probe;
  const [attach, inView] = useInView<HTMLElement>();
  const { measured, answers } = useMeasured(lanes, name, probe.defaults, inView);
  const panels = probe.panels.map((panel) => probePanel(panel, measured));
  return (
    <InsideFigure
      name={name}
      attach={attach}
      note={afterAndBefore(measured)}
      answers={answers}
      tables={panels.map((panel) => linesTable(panel, title))}
      reading={measured.length === 0 ? [] : probe.reading(Math.max(...stepsOf(measured)), measured)}
      nets={measured.map(({ net }) => net)}
      height={height}
    >
      {(width) => (
        <LinesPanels panels={panels} led={led} width={width} height={height} label={INSIDE.crosshair(title)} />
      )}
    </InsideFigure>
  );
}
