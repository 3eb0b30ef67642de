import type {
  BlockDamage,
  Classification,
  DamagedGuess,
  FileNames,
  KeptWeights,
  LoadProgress,
} from '../../core/data/pretrained.ts';
import type { DeviceInfo } from '../../core/experiment/device.ts';
import type { Filters, MapChoice, NetMaps, NetProbe } from '../../core/net/feature-maps.ts';
import type { Phrase } from '../../language/sentence.ts';

/** A file of a person's. */
export interface NamedBlob {
  readonly name: string;
  readonly blob: Blob;
}

export interface Damage {
  readonly kind: BlockDamage;
  /** Block by block, as far as it is measured. */
  readonly parts: readonly DamagedGuess[];
  readonly running: boolean;
}

export interface PretrainedState {
  /** The name of the net that is to be loaded, or is. */
  readonly net: string;
  /** How far its weights are; null while none are loaded. */
  readonly loading: LoadProgress | null;
  /** Where it runs, and the file that its weights came from; null where none is loaded. */
  readonly loaded: {
    readonly file: string;
    readonly device: DeviceInfo;
    /** How many classes it tells apart: 1,000 of ImageNet, or as many as a fine-tuned net has. */
    readonly classes: number;
    readonly names: FileNames;
  } | null;
  /** Why the browser does not keep the weights that are loaded; null where it does, and of a person's own file. */
  readonly unkept: Phrase | null;
  /** The files of weights that the browser keeps, whole or not, by their repositories' names. */
  readonly kept: readonly KeptWeights[];
  readonly image: NamedBlob | null;
  /** What the net says of the image; null until it does. */
  readonly classification: Classification | null;
  readonly classifying: boolean;
  /** Whether it is asked about one image after the other, as a camera gives them. */
  readonly live: boolean;
  readonly damage: Damage | null;
  /** Filters of the net's first layer; null where no net is loaded. */
  readonly filters: Filters | null;
  /** The place in the net that is looked at. */
  readonly choice: MapChoice;
  /** What the net makes of the image there, and what its blocks do to it; null until that is measured. */
  readonly maps: NetMaps | null;
  readonly probe: NetProbe | null;
  /** Whether its device was lost, and it was loaded again. */
  readonly recovered: boolean;
  /** Why the last thing that was asked for did not come about. */
  readonly failure: Phrase | null;
}
