import { extent, mean } from 'd3';
import type { TableData } from '../panels/table-data.ts';

/** Channels last, [height, width, channels] flat. */
export interface ChannelMaps {
  readonly shape: readonly [height: number, width: number, channels: number];
  readonly values: Float32Array;
}

interface ChannelFacts {
  readonly least: number;
  readonly mean: number;
  readonly most: number;
}

/** One channel's finite values in short: NaN where it has none. */
export function channelFacts({ shape: [, , channels], values }: ChannelMaps, channel: number): ChannelFacts {
  const own = values.filter((value, index) => index % channels === channel && Number.isFinite(value));
  const [least = Number.NaN, most = Number.NaN] = extent(own);
  return { least, mean: mean(own) ?? Number.NaN, most };
}

interface FeatureWords {
  readonly caption: string;
  readonly channel: (channel: number) => string;
  readonly column: (name: string) => string;
  readonly value: (value: number) => string;
  /** Said of a channel without a finite value. */
  readonly noNumber: string;
}

/** Lowest, mean and highest value of every channel of several maps. */
export function featureTable(
  maps: readonly { readonly name: string; readonly map: ChannelMaps }[],
  words: FeatureWords,
): TableData {
  const channels = Math.max(0, ...maps.map(({ map }) => map.shape[2]));
  return {
    caption: words.caption,
    columns: maps.map(({ name }) => words.column(name)),
    rows: Array.from({ length: channels }, (_, channel) => ({
      name: words.channel(channel + 1),
      cells: maps.map(({ map }) => {
        if (channel >= map.shape[2]) return '';
        const facts = channelFacts(map, channel);
        if (Number.isNaN(facts.mean)) return words.noNumber;
        return [facts.least, facts.mean, facts.most].map(words.value).join(' / ');
      }),
    })),
  };
}

/** Several small maps side by side, in pixels of their own. */
export interface MapLayout {
  readonly columns: number;
  readonly rows: number;
  /** A map's. */
  readonly width: number;
  readonly height: number;
}

/** A picture of `count` maps in a near-square grid with a gap of one pixel between them. */
export function mapLayout(
  count: number,
  height: number,
  width: number,
  columns = Math.ceil(Math.sqrt(count)),
): MapLayout {
  return { columns, rows: Math.ceil(count / columns), width, height };
}

/** The picture's whole size, gaps included. */
export function pictureSize({ columns, rows, width, height }: MapLayout): readonly [width: number, height: number] {
  return [columns * (width + 1) - 1, rows * (height + 1) - 1];
}

/** Where a pixel of a map is in the picture. */
export function pixelAt(layout: MapLayout, map: number, row: number, column: number): readonly [x: number, y: number] {
  const { columns, width, height } = layout;
  return [(map % columns) * (width + 1) + column, Math.floor(map / columns) * (height + 1) + row];
}
