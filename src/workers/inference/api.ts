import type {
  BlockDamage,
  Classification,
  DamagedGuess,
  LoadedNet,
  LoadProgress,
  LoadRequest,
} from '../../core/data/pretrained.ts';
import type { MapChoice, NetMaps, NetProbe } from '../../core/net/feature-maps.ts';
import type { Call } from '../rpc.ts';

/** The API of the worker that runs a pretrained ImageNet net. Calls are answered one at a time, in order. */
export interface PretrainedApi {
  /** Loads one of `PRETRAINED`, by its name, from a safetensors file. Releases the net that was loaded before. */
  load(request: LoadRequest, call: Call<LoadProgress>): Promise<LoadedNet>;
  /** Classifies an image in any format that the browser decodes. */
  classify(request: { readonly image: Blob; readonly name: string }): Promise<Classification>;
  /** Feature maps of the last image at one block or layer. */
  maps(request: { readonly choice: MapChoice }): Promise<NetMaps>;
  /** Measures every block on the last image, and which places are evidence for the answer. */
  probe(): Promise<NetProbe>;
  /** Classifies the last image with each block damaged in turn; the next call stops it. */
  damage(request: { readonly kind: BlockDamage }, call: Call<DamagedGuess>): Promise<readonly DamagedGuess[]>;
}
