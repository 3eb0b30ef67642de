import { BarPanels } from '../../../charts/inside/BarPanels.tsx';
import { barsAsNumbers } from '../../../charts/inside/numbers.ts';
import { pathPanels } from '../../../charts/inside/path-panels.ts';
import { netClass, netStyle } from '../../../charts/tone.ts';
import { PROBES } from '../../../probes/probes.ts';
import { INSIDE, PANEL_WORDS } from '../../../text/inside.ts';
import { Name } from '../../controls/Name.tsx';
import { afterSteps } from '../after.ts';
import { InsideFigure } from '../InsideFigure.tsx';
import { useInView } from '../use-in-view.ts';
import { useMeasured } from '../use-measured.ts';
import type { FigureProps } from './figure-props.ts';

const { title } = PROBES.paths;

/** A net as all its paths: how many there are of each length, and what they carry. */
export function PathsFigure({ lanes, height }: FigureProps) {
  const [attach, inView] = useInView<HTMLElement>();
  const { measured, answers } = useMeasured(lanes, 'paths', PROBES.paths.defaults, inView);
  const rows = measured.map(({ net, now }) => ({ net, panels: pathPanels(net, now, PANEL_WORDS) }));
  const steps = measured.map(({ now }) => now.step);
  return (
    <InsideFigure
      name="paths"
      attach={attach}
      note={afterSteps(steps)}
      answers={answers}
      tables={rows.flatMap(({ net, panels }) => panels.map((panel) => barsAsNumbers(panel, `${title}, ${net.name}`)))}
      reading={measured.length === 0 ? [] : PROBES.paths.reading(Math.max(...steps), measured)}
      nets={measured.map(({ net }) => net)}
      height={height}
    >
      {(width) =>
        rows.map(({ net, panels }) => (
          <div key={net.id}>
            <p className={`net-title ${netClass(net.family)}`} style={netStyle(net.tone)}>
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
