import type { BlockDamage, Classification, DamagedGuess, FileNames, Loading } from '../../core/data/pretrained.ts';
import type { BackendChoice, DeviceInfo } from '../../core/experiment/device.ts';
import type { Filters, MapChoice, NetMaps, NetProbe } from '../../core/net/net-look.ts';
import type { Call } from '../rpc.ts';

/** The API of the worker that runs a pretrained ImageNet net. Calls are answered one at a time, in order. */
export interface PretrainedApi {
  /** Loads one of `PRETRAINED`, by its name, from a safetensors file. Releases the net that was loaded before. */
  load(request: LoadRequest, call: Call<Loading>): Promise<LoadedNet>;
  /** Classifies an image in any format that the browser decodes. */
  classify(request: { readonly image: Blob; readonly name: string }): Promise<Classification>;
  /** Feature maps of the last image at one block or layer. */
  maps(request: { readonly choice: MapChoice }): Promise<NetMaps>;
  /** Measures every block on the last image, and which places are evidence for the answer. */
  probe(): Promise<NetProbe>;
  /** Classifies the last image with each block damaged in turn; the next call stops it. */
  damage(request: { readonly kind: BlockDamage }, call: Call<DamagedGuess>): Promise<readonly DamagedGuess[]>;
}

export interface LoadRequest {
  readonly net: string;
  /** The user's file; null to fetch the weights from Hugging Face. */
  readonly file: Blob | null;
  readonly name: string;
  readonly backend: BackendChoice;
}

export interface LoadedNet {
  readonly device: DeviceInfo;
  /** Why fetched weights could not be stored; null if they were, and for the user's own file. */
  readonly unkept: string | null;
  readonly filters: Filters;
  /** How many classes its last layer tells apart. */
  readonly classes: number;
  readonly names: FileNames;
}
