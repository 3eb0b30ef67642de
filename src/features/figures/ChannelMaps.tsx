import { extent } from 'd3';
import { useCallback, useId, useMemo } from 'react';
import { type ChannelMaps, mapLayout } from '../../charts/maps/feature-maps.ts';
import { MapsCanvas } from '../../charts/maps/MapsCanvas.tsx';
import { commaJoined } from '../../language/joining.ts';
import { say } from '../../language/say.ts';
import type { BlockFormula, FeaturesResult } from '../insight/probes/features.ts';
import styles from './maps.module.css';
import { MAP_WORDS, PANEL_WORDS } from './panel-words.ts';

const { value, percent } = PANEL_WORDS;

export interface BlockSumProps {
  readonly input: ChannelMaps;
  readonly branch: ChannelMaps;
  readonly output: ChannelMaps;
  readonly largest: number;
  readonly formula: BlockFormula;
}

/** x, F(x) and y, in pictures on one scale, with what makes y of them. */
export function BlockSum({ input, branch, output, largest, formula }: BlockSumProps) {
  return (
    <div className={styles.sum}>
      <Maps map={input} largest={largest} words={MAP_WORDS.input()} />
      <span aria-hidden="true">{formula.between}</span>
      <Maps map={branch} largest={largest} words={MAP_WORDS.branch()} />
      <span aria-hidden="true">→</span>
      <Maps map={output} largest={largest} words={{ ...MAP_WORDS.output(), about: `= ${formula.output}` }} />
    </div>
  );
}

const SCALE_STOPS = ['--neg', '--zero', '--pos'];

/** The scale of signed values and its ends: purple, nothing, green. */
export function MapScale({ largest }: { readonly largest: number }) {
  return (
    <div className={styles.scale} aria-hidden="true">
      <span>{value(-largest)}</span>
      <SignScale />
      <span>{`+${value(largest)}`}</span>
    </div>
  );
}

function SignScale() {
  const id = useId();
  return (
    <svg width={72} height={8} aria-hidden="true">
      <defs>
        <linearGradient id={id}>
          {SCALE_STOPS.map((colour, index) => (
            <stop key={colour} offset={index / (SCALE_STOPS.length - 1)} style={{ stopColor: `var(${colour})` }} />
          ))}
        </linearGradient>
      </defs>
      <rect width={72} height={8} rx={2} fill={`url(#${id})`} />
    </svg>
  );
}

export interface MapsProps {
  readonly map: ChannelMaps;
  readonly largest: number;
  readonly words: { readonly symbol: string; readonly about: string };
}

/** Every channel of a value as a small picture. */
export function Maps({ map, largest, words }: MapsProps) {
  const [height, width, channels] = map.shape;
  const layout = useMemo(() => mapLayout(channels, height, width), [channels, height, width]);
  const valueAt = useCallback(
    (channel: number, row: number, column: number) => map.values[(row * width + column) * channels + channel] ?? 0,
    [map, width, channels],
  );
  const [least, most] = extent(map.values.filter(Number.isFinite));
  const below = (100 * map.values.filter((each) => each < 0).length) / Math.max(1, map.values.length);
  const shape = say('insight.mapShape', { channels, height, width });
  return (
    <div className={styles.map}>
      <div className={styles.name}>
        <i>{words.symbol}</i>
        <span>{` ${words.about}`}</span>
      </div>
      <MapsCanvas
        layout={layout}
        count={channels}
        valueAt={valueAt}
        largest={largest}
        label={
          least === undefined || most === undefined
            ? say('charts.titled', { figure: words.symbol, title: commaJoined([shape, say('insight.noNumber')]) })
            : say('insight.mapSpoken', {
                name: words.symbol,
                shape,
                least: value(least),
                most: value(most),
                below: percent(below),
              })
        }
      />
    </div>
  );
}

export interface FilterMapsProps {
  readonly filters: FeaturesResult['filters'];
  readonly about: string;
}

/** The filters of the first layer: a column for each filter, a row for each colour. */
export function FilterMaps({ filters: { shape, values }, about }: FilterMapsProps) {
  const [height, width, colours, count] = shape;
  const layout = useMemo(() => mapLayout(colours * count, height, width, count), [colours, count, height, width]);
  const valueAt = useCallback(
    (map: number, row: number, column: number) => {
      const [colour, filter] = [Math.floor(map / count), map % count];
      return values[((row * width + column) * colours + colour) * count + filter] ?? 0;
    },
    [values, width, colours, count],
  );
  const [least, most] = extent(values.filter(Number.isFinite));
  return (
    <div className={styles.filters}>
      <span>{about}</span>
      <MapsCanvas
        layout={layout}
        count={colours * count}
        valueAt={valueAt}
        largest={Math.max(-(least ?? 0), most ?? 0)}
        label={
          least === undefined || most === undefined
            ? say('charts.titled', { figure: about, title: say('insight.noNumber') })
            : say('insight.filtersSpoken', { filters: count, least: value(least), most: value(most) })
        }
      />
    </div>
  );
}
