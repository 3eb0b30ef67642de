import { area, line, scaleLinear } from 'd3';
import { netClass, netStyle } from '../colours.ts';
import plotStyles from '../plot.module.css';
import { panelAreaOf } from '../plot-area.ts';
import { EndWords, endRoom } from './EndWords.tsx';
import { PanelAxes } from './PanelAxes.tsx';
import { PlotPointer } from './PlotPointer.tsx';
import type { Panel, Point } from './panel.ts';
import panelsStyles from './panels.module.css';
import { ariaRows, tipRows, ValueTip } from './ValueTip.tsx';
import { valueScale } from './value-scale.ts';

interface LinesPlotProps {
  readonly panel: Panel;
  readonly width: number;
  readonly height: number;
  /** The stop under the crosshair, counted from 0; panels of one figure share it. */
  readonly at: number | null;
  readonly onAt: (at: number | null) => void;
  /** The accessible name of the crosshair. */
  readonly label: string;
  /** Whether names stand at the lines' ends; small multiples name them once. */
  readonly named: boolean;
}

/** Lines over layers, blocks, lags or distances: a function of its panel and a size. */
export function LinesPlot({ panel, width, height, at, onAt, label, named }: LinesPlotProps) {
  const { lines, categories, y: axis, rules } = panel;
  const ends = named ? lines.filter(({ faint }) => !faint).map(({ end, net }) => end ?? net.name) : [];
  const plotArea = panelAreaOf(
    width,
    height,
    endRoom([...ends, ...(named ? rules : []).map(({ text }) => text)], width),
    panel.title !== '',
  );
  const [first, last] = [categories[0]?.at ?? 0, categories.at(-1)?.at ?? 1];
  const span = scaleLinear([first, first === last ? first + 1 : last], [plotArea.left, plotArea.right]);
  const x = (position: number) => span(position);
  const values = lines.flatMap(({ points }) =>
    points.flatMap(({ value, low, high }) => [value, low ?? value, high ?? value]),
  );
  const scale = valueScale(
    { ...axis, include: [...axis.include, ...rules.map((rule) => rule.at)] },
    values,
    plotArea.bottom,
    plotArea.top,
  );
  const { y } = scale;
  const draws = (value: number) => Number.isFinite(value) && (axis.kind === 'linear' || value > 0);
  const path = line<Point>(
    (point) => x(point.at),
    (point) => y(point.value),
  ).defined(({ value }) => draws(value));
  const band = area<Point>(
    (point) => x(point.at),
    (point) => y(point.low ?? point.value),
    (point) => y(point.high ?? point.value),
  );

  const stop = at === null ? undefined : categories[at];
  const rows = stop === undefined ? [] : tipRows(lines, stop.at, axis.format);
  return (
    <div className={plotStyles.plot} style={{ width, height }}>
      <svg width={width} height={height} aria-hidden="true">
        {panel.title && (
          <text className={panelsStyles.panelTitle} x={0} y={10}>
            {panel.title}
          </text>
        )}
        <PanelAxes plotArea={plotArea} scale={scale} axis={axis} categories={categories} x={x} rules={rules} />
        {lines.map(({ key, net, points, faint }) => (
          <g key={key} className={netClass(net.family)} style={netStyle(net.lightness)}>
            {points.some(({ low }) => low !== undefined) && (
              <path className={panelsStyles.spread} d={band(points) ?? ''} />
            )}
            <path
              className={`${plotStyles.mean} ${panelsStyles.line} ${faint ? panelsStyles.faint : ''}`}
              d={path(points) ?? ''}
            />
          </g>
        ))}
        <EndWords lines={lines} rules={rules} named={named} plotArea={plotArea} x={x} y={y} format={axis.format} />
        {stop !== undefined && (
          <g className={plotStyles.cross} data-fleeting>
            <line x1={x(stop.at)} x2={x(stop.at)} y1={plotArea.top - 4} y2={plotArea.bottom} />
            {rows.map(({ key, net, value }) =>
              draws(value) ? (
                <circle
                  key={key}
                  className={`${plotStyles.dot} ${netClass(net.family)}`}
                  style={netStyle(net.lightness)}
                  r={4}
                  cx={x(stop.at)}
                  cy={y(value)}
                />
              ) : null,
            )}
          </g>
        )}
      </svg>
      <PlotPointer
        places={categories.map((each) => x(each.at))}
        at={at}
        onAt={onAt}
        label={panel.title ? `${label}: ${panel.title}` : label}
        text={stop === undefined ? '–' : ariaRows(stop.name, rows)}
      />
      {stop !== undefined && <ValueTip title={stop.name} x={x(stop.at)} rows={rows} plotArea={plotArea} />}
    </div>
  );
}
