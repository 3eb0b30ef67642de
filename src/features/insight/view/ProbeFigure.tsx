import { useMemo } from 'react';
import { netClass, netStyle } from '../../../charts/colours.ts';
import { BarPanels, LinesPanels } from '../../../charts/panels/Panels.tsx';
import { barsTable, linesTable } from '../../../charts/panels/table-data.ts';
import { say } from '../../../language/say.ts';
import { SegmentedControl } from '../../../ui/controls/Choice.tsx';
import { Name } from '../../../ui/controls/Name.tsx';
import { useInView } from '../../../ui/use-screen.ts';
import { type BarsName, barsProbe, figureText, type LinesName, linesProbe } from '../probes/probes.ts';
import { comparedNote, stepsNote, stepsOf } from '../readings.ts';
import { useFigureView, useMeasured } from '../use-insight.ts';
import { FigureFrame, type FigureProps } from './FigureFrame.tsx';
import styles from './probe-figure.module.css';
import { probeBars, probePanel } from './probe-panel.ts';

interface LinesFigureProps<Name extends LinesName> extends FigureProps {
  readonly name: Name;
}

/** A probe of several nets as lines, measured again as they train, with pale lines of step 0. */
export function LinesFigure<Name extends LinesName>({ name, lanes, height, compact }: LinesFigureProps<Name>) {
  const probe = linesProbe(name);
  const { title } = figureText(name);
  const views = probe.views?.() ?? [];
  const values = views.map(({ value }) => value);
  const [view, setView] = useFigureView(name, compact, values, values[0] ?? '');
  const shownView = views.find(({ value }) => value === view);
  const [attach, inView] = useInView<HTMLElement>();
  const { measured, answers } = useMeasured(lanes, name, inView, true);
  const drawn = probe.panels(view).map((panel) => probePanel(panel, measured));
  const led = probe.led === true && !compact;
  // There is room for one panel beside the curves.
  const panels = compact ? drawn.slice(0, 1) : drawn;
  return (
    <FigureFrame
      name={name}
      compact={compact}
      attach={attach}
      view={shownView?.value}
      note={comparedNote(measured)}
      settings={shownView?.text ?? ''}
      tools={
        views.length > 0 && (
          <SegmentedControl label={say('insight.gradientsView')} value={view} options={views} onChange={setView} />
        )
      }
      answers={answers}
      tables={drawn.map((panel) => linesTable(panel, title))}
      reading={measured.length === 0 ? [] : probe.reading(stepsOf(measured), measured, view)}
      nets={measured.map(({ net }) => net)}
      height={height}
    >
      {(width) => (
        <LinesPanels
          panels={panels}
          led={led}
          width={width}
          height={height}
          label={say('insight.crosshair', { figure: title })}
        />
      )}
    </FigureFrame>
  );
}

interface BarsFigureProps<Name extends BarsName> extends FigureProps {
  readonly name: Name;
}

/** A probe of several nets as bars, a row of panels for each net, measured again as they train. */
export function BarsFigure<Name extends BarsName>({ name, lanes, height, compact }: BarsFigureProps<Name>) {
  const probe = barsProbe(name);
  const { title } = figureText(name);
  const [attach, inView] = useInView<HTMLElement>();
  const { measured, answers } = useMeasured(lanes, name, inView, false);
  const bars = useMemo(() => probe.bars(), [probe]);
  const fitting = measured.filter(({ now }) => probe.fits(now));
  const rows = fitting.map((each) => ({
    net: each.net,
    label: say('insight.figureOfNet', { figure: title, net: each.net.name }),
    panels: bars.map((one) => probeBars(one, each)),
  }));
  const rowHeight = Math.max(compact ? 70 : 110, Math.round(height / (compact ? Math.max(2, rows.length) : 2)) - 24);
  return (
    <FigureFrame
      name={name}
      compact={compact}
      attach={attach}
      note={stepsNote(fitting)}
      answers={answers}
      tables={rows.flatMap(({ label, panels }) => panels.map((panel) => barsTable(panel, label)))}
      reading={measured.length === 0 ? [] : probe.reading(stepsOf(measured), measured, '')}
      nets={fitting.map(({ net }) => net)}
      height={height}
    >
      {(width) =>
        rows.map(({ net, label, panels }) => (
          <div key={net.id}>
            <p className={`${styles.netTitle} ${netClass(net.family)}`} style={netStyle(net.lightness)}>
              <Name>{net.name}</Name>
            </p>
            <BarPanels
              panels={panels}
              width={width}
              height={rowHeight}
              label={say('insight.crosshair', { figure: label })}
              named={false}
            />
          </div>
        ))
      }
    </FigureFrame>
  );
}
