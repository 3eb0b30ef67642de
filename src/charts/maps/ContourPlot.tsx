import { contours, geoPath, geoTransform, leastIndex, line, scaleLinear } from 'd3';
import { type KeyboardEvent, type PointerEvent, useMemo } from 'react';
import { commaJoined } from '../../language/joining.ts';
import { netClass, netStyle } from '../colours.ts';
import plotStyles from '../plot.module.css';
import { zoomOf } from '../plot-area.ts';
import { completed, type Landscape, type LandscapeWords, pointText } from './landscape.ts';
import mapsStyles from './maps.module.css';

interface ContourPlotProps {
  readonly landscape: Landscape;
  /** From `contourLevels` over all pictures that are to be compared. */
  readonly levels: readonly number[];
  readonly size: number;
  /** The point under the crosshair, as an index into the losses. */
  readonly at: number | null;
  readonly onAt: (at: number | null) => void;
  readonly words: LandscapeWords;
}

/** The contours of a loss: the denser the net's colour, the higher. A function of the landscape, its levels and a size. */
export function ContourPlot({ landscape, levels, size, at, onAt, words }: ContourPlotProps) {
  const { net, x: xs, y: ys, losses, path } = landscape;
  const [columns, rows] = [xs.length, ys.length];
  const across = scaleLinear([0.5, columns - 0.5], [0, size]);
  const down = scaleLinear([0.5, rows - 0.5], [size, 0]);
  const shapes = useMemo(() => {
    const grid = completed({ columns, rows, values: losses });
    if (grid === null) return [];
    // Between the points the loss is interpolated as its axis is: on a log scale.
    const logs = Array.from(grid.values, Math.log);
    return contours().size([columns, rows]).thresholds(levels.map(Math.log))(logs);
  }, [columns, rows, losses, levels]);
  const draw = geoPath(
    geoTransform({
      point(px, py) {
        this.stream.point(across(px), down(py));
      },
    }),
  );
  const place = (value: number, values: readonly number[]) => {
    const [first = 0, last = 1] = [values[0], values.at(-1)];
    return ((value - first) / (last - first || 1)) * size;
  };
  const trace = line<Landscape['path'][number]>(
    (point) => place(point.x, xs),
    (point) => size - place(point.y, ys),
  );
  /** The point of the grid that is nearest to a place. */
  const nearest = (x: number, y: number) => nearestIndex(ys, y) * columns + nearestIndex(xs, x);
  /** A point's place and loss, and the first and the last step at which training was there. */
  const name = (index: number) => {
    const where = words.point(words.value(xs[index % columns] ?? 0), words.value(ys[Math.floor(index / columns)] ?? 0));
    const [first, ...later] = path.filter(({ x, y }) => nearest(x, y) === index);
    const steps = [first, later.at(-1)].flatMap((each) => (each === undefined ? [] : [words.step(each.step)]));
    return commaJoined([`${where}: ${pointText(landscape, index, words)}`, ...steps]);
  };
  // The net as it stands is at 0, 0.
  const middle = nearest(0, 0);
  const point = (event: PointerEvent<HTMLElement>) => {
    const box = event.currentTarget.getBoundingClientRect();
    const zoom = zoomOf(event.currentTarget);
    const share = (value: number, count: number) =>
      Math.max(0, Math.min(count - 1, Math.round((value / size) * (count - 1))));
    const [x, y] = [(event.clientX - box.left) / zoom, (event.clientY - box.top) / zoom];
    onAt(share(size - y, rows) * columns + share(x, columns));
  };
  const press = (event: KeyboardEvent) => {
    const by = { ArrowLeft: [-1, 0], ArrowRight: [1, 0], ArrowUp: [0, 1], ArrowDown: [0, -1] }[event.key];
    if (by === undefined || event.ctrlKey || event.metaKey || event.altKey) return;
    const from = at ?? middle;
    const [column, row] = [(from % columns) + (by[0] ?? 0), Math.floor(from / columns) + (by[1] ?? 0)];
    if (column >= 0 && column < columns && row >= 0 && row < rows) onAt(row * columns + column);
    event.preventDefault();
    event.stopPropagation();
  };
  const cross =
    at === null ? null : [place(xs[at % columns] ?? 0, xs), size - place(ys[Math.floor(at / columns)] ?? 0, ys)];
  return (
    <div className={`${mapsStyles.contours} ${netClass(net.family)}`} style={netStyle(net.lightness)}>
      <div className={mapsStyles.title}>{net.name}</div>
      <div className={plotStyles.plot} style={{ width: size, height: size }}>
        <svg width={size} height={size} aria-hidden="true">
          <rect className={mapsStyles.ground} width={size} height={size} />
          {shapes.map((shape) => (
            <path key={shape.value} className={mapsStyles.level} d={draw(shape) ?? ''} />
          ))}
          {path.length > 1 && <path className={mapsStyles.trace} d={trace(path) ?? ''} />}
          {path.map((each) => (
            <circle
              key={each.step}
              className={mapsStyles.checkpoint}
              r={2.5}
              cx={place(each.x, xs)}
              cy={size - place(each.y, ys)}
            />
          ))}
          <path className={mapsStyles.centre} d={`M${place(0, xs)} ${size - place(0, ys)}m-5 0h10m-5 -5v10`} />
          {cross !== null && <circle className={plotStyles.dot} r={4.5} cx={cross[0]} cy={cross[1]} />}
        </svg>
        <div
          data-fleeting
          className={plotStyles.plotPointer}
          role="slider"
          tabIndex={0}
          aria-label={net.name}
          aria-valuemin={0}
          aria-valuemax={columns * rows - 1}
          aria-valuenow={at ?? middle}
          aria-valuetext={name(at ?? middle)}
          onPointerMove={point}
          onPointerDown={point}
          onPointerLeave={(event) => event.pointerType !== 'touch' && onAt(null)}
          onKeyDown={press}
          onBlur={() => onAt(null)}
        />
      </div>
      <div className={mapsStyles.readout}>{name(at ?? middle)}</div>
    </div>
  );
}

function nearestIndex(values: readonly number[], to: number): number {
  return leastIndex(values, (a, b) => Math.abs(a - to) - Math.abs(b - to)) ?? 0;
}
