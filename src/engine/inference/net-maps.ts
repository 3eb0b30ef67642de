import type { Tensor4D } from '@tensorflow/tfjs-core';
import { type MapChoice, mapLayers, type NetMaps, type ShownMap } from '../../core/net/feature-maps.ts';
import { inScope } from '../insight/measurement.ts';
import { blockNames, branchOf, type FrozenNet, keptValues } from './frozen-net.ts';

/** Feature maps of an image [1, size, size, 3] at one block or layer. Throws if the net has none of that name. */
export function netMaps(net: FrozenNet, image: Tensor4D, choice: MapChoice): Promise<NetMaps> {
  return inScope(async (scope) => {
    if (choice.type === 'layer') {
      const { layer } = choice;
      if (!mapLayers(net.graph).some((each) => each.layer === layer)) throw new Error(`layer: ${layer} has no maps`);
      const kept = scope.own(keptValues(net, image, new Set([layer])));
      const output = await shownMap(kept.get(layer, 4));
      return { block: null, output, largest: largestOf([output]) };
    }
    const { input, beforeSum, output } = blockNames(net, choice.block);
    const kept = scope.own(keptValues(net, image, new Set([input, beforeSum, output])));
    const branch = scope.own(branchOf(net, kept, choice.block));
    const y = await shownMap(kept.get(output, 4));
    const f = await shownMap(branch, y.channels);
    const x = kept.get(input, 4);
    // A block that changes the number of channels has no channel of x for one of y.
    const shown = await shownMap(x, x.shape[3] === y.of ? y.channels : undefined);
    return { block: { input: shown, branch: f }, output: y, largest: largestOf([shown, f, y]) };
  });
}

/** Limits for what is shown of a value: numbers altogether, and channels. */
const MOST_VALUES = 460_000;
const MOST_CHANNELS = 36;

/** The wanted channels, or by default those with the largest variance over the pixels. */
async function shownMap(value: Tensor4D, wanted?: readonly number[]): Promise<ShownMap> {
  const [, height, width, of] = value.shape;
  const all = await value.data();
  const most = Math.min(MOST_CHANNELS, Math.floor(MOST_VALUES / (height * width)));
  // A square of maps, where not all are shown.
  const count = of <= most ? of : Math.floor(Math.sqrt(most)) ** 2;
  const channels = wanted ?? liveliest(all, of, count);
  const values = new Float32Array(height * width * channels.length);
  for (let place = 0; place < height * width; place++) {
    channels.forEach((channel, nth) => {
      values[place * channels.length + nth] = all[place * of + channel] ?? 0;
    });
  }
  return { shape: [height, width, channels.length], values, channels, of };
}

function largestOf(maps: readonly ShownMap[]): number {
  return Math.max(...maps.map(({ values }) => values.reduce((most, value) => Math.max(most, Math.abs(value)), 0)));
}

/** The `count` channels with the largest variance over the pixels, ascending; values are [pixels, channels] flat. */
export function liveliest(values: ArrayLike<number>, channels: number, count: number): readonly number[] {
  const places = values.length / channels;
  const variances = Array.from({ length: channels }, (_, channel) => {
    let [sum, squares] = [0, 0];
    for (let at = channel; at < values.length; at += channels) {
      const value = values[at] ?? 0;
      sum += value;
      squares += value * value;
    }
    return { channel, variance: squares / places - (sum / places) ** 2 };
  });
  const chosen = variances.sort((a, b) => b.variance - a.variance).slice(0, count);
  return chosen.map(({ channel }) => channel).sort((a, b) => a - b);
}
