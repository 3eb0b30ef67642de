import { area, line, scaleLinear } from 'd3';
import { netClass, netStyle, repeatDash } from '../colours.ts';
import plotStyles from '../plot.module.css';
import { EndWords } from './EndWords.tsx';
import { PanelFrame, type PanelPlotProps, panelArea, panelScale } from './PanelFrame.tsx';
import type { Panel, Point } from './panel.ts';
import panelsStyles from './panels.module.css';
import { tipRows } from './ValueTip.tsx';

interface LinesPlotProps extends PanelPlotProps {
  readonly panel: Panel;
}

/** Lines over layers, blocks, lags or distances: a function of its panel and a size. */
export function LinesPlot({ panel, ...props }: LinesPlotProps) {
  const { lines, categories, y: axis, rules } = panel;
  const { at, named } = props;
  const plotArea = panelArea(
    panel,
    lines.filter(({ faint }) => !faint).map(({ end, net }) => end ?? net.name),
    props,
  );
  const [first, last] = [categories[0]?.at ?? 0, categories.at(-1)?.at ?? 1];
  const span = scaleLinear([first, first === last ? first + 1 : last], [plotArea.left, plotArea.right]);
  const x = (position: number) => span(position);
  const values = lines.flatMap(({ points }) =>
    points.flatMap(({ value, low, high }) => [value, low ?? value, high ?? value]),
  );
  const scale = panelScale(panel, values, plotArea);
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
  ).defined(({ value }) => draws(value));

  const category = at === null ? undefined : categories[at];
  const rows = category === undefined ? [] : tipRows(lines, category.at, axis.format);
  return (
    <PanelFrame {...props} panel={panel} plotArea={plotArea} scale={scale} x={x} rows={rows}>
      {lines.map(({ key, net, points, faint }) => (
        <g key={key} className={netClass(net.family)} style={netStyle(net.lightness)}>
          {points.some(({ low }) => low !== undefined) && (
            <path className={panelsStyles.spread} d={band(points) ?? ''} />
          )}
          <path
            className={`${plotStyles.mean} ${panelsStyles.line} ${faint ? panelsStyles.faint : ''}`}
            strokeDasharray={repeatDash(net.repeat ?? 0)}
            d={path(points) ?? ''}
          />
        </g>
      ))}
      <EndWords lines={lines} rules={rules} named={named} plotArea={plotArea} x={x} y={y} format={axis.format} />
      {category !== undefined && (
        <g className={plotStyles.cross} data-fleeting>
          <line x1={x(category.at)} x2={x(category.at)} y1={plotArea.top - 4} y2={plotArea.bottom} />
          {rows.map(({ key, net, value }) =>
            draws(value) ? (
              <circle
                key={key}
                className={`${plotStyles.dot} ${netClass(net.family)}`}
                style={netStyle(net.lightness)}
                r={4}
                cx={x(category.at)}
                cy={y(value)}
              />
            ) : null,
          )}
        </g>
      )}
    </PanelFrame>
  );
}
