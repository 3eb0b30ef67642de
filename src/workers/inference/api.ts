import type { GivenFile } from '../../core/data/given-file.ts';
import type { PhotoBatch, PhotoClass, PhotoSet, Thumbnail } from '../../core/data/photographs.ts';
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

/** What the worker does with many photographs besides. */
export interface InferenceApi extends PretrainedApi {
  /** Lists labelled photographs in files, in place of those listed before, and tells how many are found meanwhile. */
  openPhotos(request: OpenPhotosRequest, call: Call<number>): Promise<PhotoSet>;
  /** Classifies photographs of the list with the loaded net, batch by batch, until it is withdrawn. */
  classifyPhotos(request: { readonly photos: readonly number[] }, call: Call<PhotoBatch>): Promise<void>;
  /** Small pictures of photographs that were classified; those that are not kept any more are left out. */
  thumbnails(request: { readonly photos: readonly number[] }): Promise<readonly Thumbnail[]>;
  /** Which of `PRETRAINED` a safetensors file holds the weights of; null if none. */
  recogniseWeights(request: { readonly file: Blob; readonly name: string }): Promise<string | null>;
  /** Frees the memory of the loaded net. */
  unload(): Promise<void>;
}

export interface OpenPhotosRequest {
  readonly files: readonly GivenFile[];
  /** The classes, in the order of the nets' outputs; null to take the labels themselves. */
  readonly classes: readonly PhotoClass[] | null;
}
