import { type ImageSize, type PictureSize, USUAL_PICTURE_SIZE } from '../data/images.ts';
import { builtGain, initialGain, type NetSpec, netName } from '../net/net.ts';
import { type NetWithLineage, phaseAt } from './lineage.ts';
import type { Recipe } from './recipe.ts';

/** Labels of the emoji: their designer, or their group in Unicode. */
export type Task = 'designer' | 'group';

/** Version of the emoji: which images there are, with which pixels and split. Curves of different versions are not comparable. */
export const EMOJI_VERSION = 2;

/** The data set of an experiment. `size` is the side in pixels of the images that the nets see. */
export type DataSpec =
  | {
      readonly source: 'emoji';
      readonly task: Task;
      readonly size: ImageSize;
      /** Left out in experiments of the first version, whose images the page no longer has. */
      readonly version?: typeof EMOJI_VERSION;
    }
  | { readonly source: 'cifar10'; readonly size: ImageSize }
  /** The user's own images, identified by the hash of their content, as in a `DatasetEntry`. */
  | {
      readonly source: 'own';
      readonly name: string;
      readonly hash: string;
      readonly size: ImageSize;
      /** Side in pixels at which the images are stored, to be shrunk to `size`; the usual one if left out. */
      readonly made?: PictureSize;
    };

/** Whether an experiment is about emoji of an earlier version, with other images in another split. */
export function hasEarlierImages({ data }: Pick<Experiment, 'data'>): boolean {
  return data.source === 'emoji' && data.version !== EMOJI_VERSION;
}

/** The experiment on the images that there are now; itself where it is on them already. */
export function onPresentImages(experiment: Experiment): Experiment {
  const { data } = experiment;
  if (data.source !== 'emoji' || data.version === EMOJI_VERSION) return experiment;
  return { ...experiment, data: { ...data, version: EMOJI_VERSION } };
}

/** Side in pixels at which a data set's images are stored. */
export function sourceSize(data: DataSpec): PictureSize {
  return (data.source === 'own' ? data.made : undefined) ?? USUAL_PICTURE_SIZE;
}

/** One net in a race. Its name is unique there. */
export interface LaneSpec extends NetWithLineage {
  readonly name: string;
  /** The file of its weights at step 0; drawn from the seed if left out. */
  readonly start?: WeightsFile;
}

/** A file of weights, identified by the hash of its content. */
export interface WeightsFile {
  readonly file: string;
  /** SHA-256, in hexadecimal. */
  readonly hash: string;
}

/** From the step after `step` finished ones, the shortcut of `block` (counted from 1) has this gain. */
export interface GainChange {
  readonly step: number;
  readonly lane: string;
  readonly block: number;
  readonly gain: number;
}

/** Everything that determines the outcome of a race: same experiment, same backend, same curves. */
export interface Experiment {
  readonly data: DataSpec;
  readonly recipe: Recipe;
  readonly lanes: readonly LaneSpec[];
  /** Changes of gains during training, by step. */
  readonly surgery: readonly GainChange[];
  /** Training pauses by itself after this many steps. */
  readonly until: number;
}

/** A name for another net beside the `taken` ones: its own or the given one, followed by the first free number if needed. */
export function uniqueName(net: NetSpec, taken: readonly string[], name = netName(net)): string {
  for (let nth = 1; ; nth++) {
    const candidate = nth === 1 ? name : `${name} (${nth})`;
    if (!taken.includes(candidate)) return candidate;
  }
}

/**
 * A net's name that also tells of shortcuts which are all weaker than usual. Presets, and nets that join a race, have it;
 * where an experiment leaves a net's name out, it is the net's own.
 */
export function tellingName(net: NetSpec): string {
  const gain = builtGain(net);
  return gain === null || gain === initialGain(net.family) ? netName(net) : `${netName(net)}, gains ${gain}`;
}

/** Lanes for these nets, in order, each with a name of its own. */
export function nameLanes(nets: readonly NetSpec[], nameOf = netName): readonly LaneSpec[] {
  const lanes: LaneSpec[] = [];
  for (const net of nets) {
    const taken = lanes.map(({ name }) => name);
    lanes.push({ net, name: uniqueName(net, taken, nameOf(net)) });
  }
  return lanes;
}

/** The gains in effect after `step` steps of a lane. */
export function gainsAt(
  { lanes, surgery }: Pick<Experiment, 'lanes' | 'surgery'>,
  lane: string,
  step: number,
): readonly number[] {
  const spec = lanes.find(({ name }) => name === lane);
  if (spec === undefined) return [];
  const { net, since } = phaseAt(spec, step);
  const gains = [...net.gains];
  for (const change of surgery) {
    if (change.lane === lane && change.step >= since && change.step <= step) gains[change.block - 1] = change.gain;
  }
  return gains;
}
