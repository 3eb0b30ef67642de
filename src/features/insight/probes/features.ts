import * as v from 'valibot';
import type { Picture } from '../../../core/data/images.ts';
import { LIMITS } from '../../../core/experiment/limits.ts';
import { integer } from '../../../core/experiment/parse/parse-values.ts';
import { formatNumber } from '../../../core/format.ts';
import type { FeatureMap } from '../../../core/net/feature-maps.ts';
import { hasFixedShortcuts, type NetSpec } from '../../../core/net/net.ts';
import { say } from '../../../language/say.ts';
import { type FigureClaim, remark } from '../readings.ts';
import { passesInputOn } from './branches.ts';
import type { Finding, Probe } from './probe.ts';

/** The number of a shown test image, counted from 0, or any other image. */
export type ProbedImage = number | Picture;

/** Feature maps of one image in one block; blocks are counted from 1. */
export interface FeaturesRequest {
  readonly name: 'features';
  readonly image: ProbedImage;
  readonly block: number;
}

/** One image in one block; the normalisations have the statistics of a training batch. */
export interface FeaturesResult extends Finding<'features'> {
  readonly image: ProbedImage;
  readonly block: number;
  /** The block's gain when it was measured. */
  readonly gain: number;
  readonly input: FeatureMap;
  /** F(x), before gain and addition. */
  readonly branch: FeatureMap;
  readonly output: FeatureMap;
  /** The largest absolute value of the three that is finite: ends of one diverging scale. */
  readonly largest: number;
  /** The stem's weights, [height, width, RGB, filters] flat. */
  readonly filters: { readonly shape: readonly [number, number, number, number]; readonly values: Float32Array };
}

const picture = v.pipe(
  v.strictObject({
    name: v.optional(v.string(), 'image'),
    size: integer({ min: 1, max: 256 }),
    rgb: v.custom<Uint8Array>((input) => input instanceof Uint8Array, 'the bytes are no Uint8Array'),
  }),
  v.check(
    ({ size, rgb }) => rgb.length === size * size * 3,
    ({ input: { size, rgb } }) => `${rgb.length} bytes are not those of ${size} × ${size} pixels of RGB`,
  ),
);
const probedImage = v.lazy((input) =>
  typeof input === 'object' && input !== null ? picture : integer({ min: 0, max: 1e6 }),
);

const defaults: FeaturesRequest = { name: 'features', image: 0, block: 1 };

export const features: Probe<FeaturesRequest, FeaturesResult> = {
  schema: v.strictObject({
    name: v.literal('features'),
    image: v.optional(probedImage, 0),
    block: v.optional(integer({ min: 1, max: LIMITS.depth.max }), defaults.block),
  }),
  defaults,
  heads: ['image', 'block', 'map', 'channel', 'row', 'column', 'value'],
  rows({ image: of, block, input, branch, output, filters }) {
    const image = typeof of === 'number' ? of : of.name;
    const mapRows = (map: string, { shape: [, width, channels], values }: FeatureMap) =>
      Array.from(values, (value, at) => {
        const pixel = Math.floor(at / channels);
        return [image, block, map, (at % channels) + 1, Math.floor(pixel / width), pixel % width, value];
      });
    const [, across, colours, count] = filters.shape;
    const filterRows = Array.from(filters.values, (value, at) => {
      const tap = Math.floor(at / (colours * count));
      const colour = 'RGB'[Math.floor(at / count) % colours] ?? '';
      return [image, 0, `filter ${colour}`, (at % count) + 1, Math.floor(tap / across), tap % across, value];
    });
    return [...mapRows('x', input), ...mapRows('F(x)', branch), ...mapRows('y', output), ...filterRows];
  },
};

/** How a block computes its output, in signs. */
export interface BlockFormula {
  /** What stands between the pictures of x and F(x): a plus, a comma where a gate mixes them, or an arrow where x goes into F alone. */
  readonly between: string;
  /** What y is: "relu(F(x) + x)". */
  readonly output: string;
}

/** How a block of this net computes its output with this gain. In most other orders than the original no ReLU follows the sum. */
export function blockFormula(net: NetSpec, gain: number): BlockFormula {
  const { order, shortcut, slope } = net.design === undefined ? (net.choices ?? {}) : {};
  const passed = isProjected(net) ? 'S(x)' : 'x';
  const scaled = gain === 1 ? passed : `${formatNumber(gain)} · ${passed}`;
  if (shortcut?.type === 'highway')
    return gain === 0
      ? { between: '→', output: 'T · F(x)' }
      : { between: ',', output: `T · F(x) + (1 − T) · ${scaled}` };
  const between = gain === 0 ? '→' : gain === 1 ? '+' : `× ${formatNumber(gain)} +`;
  const sum = gain === 0 ? 'F(x)' : `F(x) + ${scaled}`;
  const isRectified = order === undefined || order === 'norm-after-sum';
  if (!isRectified) return { between, output: sum };
  const normed = order === 'norm-after-sum' ? `norm(${sum})` : sum;
  return { between, output: slope === undefined ? `relu(${normed})` : `leakyrelu(${normed})` };
}

/** Whether all shortcuts of a net are projections, and not only those where the shape changes. */
function isProjected(net: NetSpec): boolean {
  return 'option' in net && net.option === 'C';
}

/** How a block of this net computes its output with this gain, as a sentence. */
export function featureReading(lane: string, net: NetSpec, gain: number): FigureClaim {
  const formula = `y = ${blockFormula(net, gain).output}`;
  if (gain === 0 && hasFixedShortcuts(net)) return remark('block-with-fixed-shortcut', [lane], formula);
  if (gain === 0) return remark('block-without-shortcut', [lane], say('insight.featuresPlain', { formula }));
  // Where a gate is open, its branch has to compute the whole output: it is no residual.
  const isGated = net.design === undefined && net.choices?.shortcut?.type === 'highway';
  if (isGated)
    return { ...remark('block-with-gate', [lane], say('insight.featuresGated', { formula })), values: [gain] };
  // A norm behind the sum rescales what the shortcut carries, too.
  const isNormed = net.design === undefined && net.choices?.order === 'norm-after-sum';
  if (gain === 1 && passesInputOn(net) && !isNormed)
    return remark('block-with-shortcut', [lane], say('insight.featuresWhole', { formula }));
  const text = isProjected(net)
    ? say('insight.featuresProjected', { formula })
    : say('insight.featuresScaled', { formula });
  return { ...remark('block-with-scaled-shortcut', [lane], text), values: [gain] };
}
