import { netClass, netStyle } from '../../../../charts/colours.ts';
import { BarPanels } from '../../../../charts/panels/Panels.tsx';
import { barsTable } from '../../../../charts/panels/table-data.ts';
import { Name } from '../../../../ui/controls/Name.tsx';
import { type BarsName, barsProbe } from '../../probes/probes.ts';
import { INSIDE } from '../../strings.ts';
import { useMeasured } from '../../use-insight.ts';
import { afterSteps, stepsOf } from '../after.ts';
import { InsideFigure } from '../InsideFigure.tsx';
import { probeBars } from '../probe-panel.ts';
import { useInView } from '../use-in-view.ts';
import type { FigureProps } from './figure-props.ts';

export interface BarsFigureProps<Probe extends BarsName> extends FigureProps {
  readonly name: Probe;
}

/** A probe of several nets as bars, a row of panels a net, measured again as they train. */
export function BarsFigure<Probe extends BarsName>({ name, lanes, height }: BarsFigureProps<Probe>) {
  const probe = barsProbe(name);
  const { title } = probe;
  const [attach, inView] = useInView<HTMLElement>();
  const { measured, answers } = useMeasured(lanes, name, probe.defaults, inView);
  const rows = measured.map((each) => ({ net: each.net, panels: probe.bars.map((bars) => probeBars(bars, each)) }));
  return (
    <InsideFigure
      name={name}
      attach={attach}
      note={afterSteps(stepsOf(measured))}
      answers={answers}
      tables={rows.flatMap(({ net, panels }) => panels.map((panel) => barsTable(panel, `${title}, ${net.name}`)))}
      reading={measured.length === 0 ? [] : probe.reading(Math.max(...stepsOf(measured)), measured)}
      nets={measured.map(({ net }) => net)}
      height={height}
    >
      {(width) =>
        rows.map(({ net, panels }) => (
          <div key={net.id}>
            <p className={`net-title ${netClass(net.family)}`} style={netStyle(net.lightness)}>
              <Name>{net.name}</Name>
            </p>
            <BarPanels
              panels={panels}
              width={width}
              height={Math.max(110, Math.round(height / 2))}
              label={INSIDE.crosshair(`${title}, ${net.name}`)}
              named={false}
            />
          </div>
        ))
      }
    </InsideFigure>
  );
}
