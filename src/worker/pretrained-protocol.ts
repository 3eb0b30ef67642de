import type { BackendChoice, DeviceInfo } from '../spec/device.ts';
import type { Filters, MapChoice, NetMaps, NetProbe } from '../spec/net-look.ts';
import type { BlockDamage, Classification, DamagedGuess, FileNames, Loading } from '../spec/pretrained.ts';
import type { Failure } from './protocol.ts';

/** What the page asks of the worker of the net that others trained. Each is answered by `done` or `failed` with its id. */
export type PretrainedCommand =
  /** Loads one of `PRETRAINED`, by its name, from a safetensors file. The one before it is let go. */
  | {
      readonly ask: 'load';
      readonly net: string;
      /** Null for the one that Hugging Face has. */
      readonly file: Blob | null;
      readonly name: string;
      readonly backend: BackendChoice;
    }
  /** Says what is on an image, of any kind that the browser knows. */
  | { readonly ask: 'classify'; readonly image: Blob; readonly name: string }
  /** What it makes of the last image at one place. */
  | { readonly ask: 'maps'; readonly choice: MapChoice }
  /** What its blocks do to the last image. */
  | { readonly ask: 'probe' }
  /**
   * What it says of the last image with each of its blocks damaged in turn; whatever is asked next ends it, and who
   * waits for it hears a failure named Stopped.
   */
  | { readonly ask: 'damage'; readonly kind: BlockDamage }
  /** Nothing but that. */
  | { readonly ask: 'stop' };

export type PretrainedAnswer =
  /** `unkept`: why the browser does not keep what was fetched; null where it does, and of a person's own file. */
  | {
      readonly of: 'load';
      readonly device: DeviceInfo;
      readonly unkept: string | null;
      readonly filters: Filters;
      readonly classes: number;
      readonly names: FileNames;
    }
  | { readonly of: 'maps'; readonly maps: NetMaps }
  | { readonly of: 'probe'; readonly probe: NetProbe }
  | { readonly of: 'classify'; readonly classification: Classification }
  | { readonly of: 'damage'; readonly damaged: readonly DamagedGuess[] }
  | { readonly of: 'stop' };

export type ToPretrained = { readonly id: number; readonly command: PretrainedCommand };

export type FromPretrained =
  | { readonly kind: 'progress'; readonly loading: Loading }
  | { readonly kind: 'damaged'; readonly part: DamagedGuess }
  | { readonly kind: 'done'; readonly id: number; readonly answer: PretrainedAnswer }
  | { readonly kind: 'failed'; readonly id: number; readonly failure: Failure };
