import type { BackendChoice, DeviceInfo } from '../spec/device.ts';
import type { Filters, MapChoice, NetMaps, NetProbe } from '../spec/net-look.ts';
import type { BlockDamage, Classification, DamagedGuess, Loading } from '../spec/pretrained.ts';
import type { Call } from './rpc.ts';

/** What the page asks of the worker of the net that others trained. Its calls are answered one after the other. */
export interface PretrainedApi {
  /** Loads one of `PRETRAINED`, by its name, from a safetensors file. The one before it is let go. */
  load(request: LoadRequest, call: Call<Loading>): Promise<LoadedNet>;
  /** Says what is on an image, of any kind that the browser knows. */
  classify(request: { readonly image: Blob; readonly name: string }): Promise<Classification>;
  /** What the net makes of the last image at one place. */
  maps(request: { readonly choice: MapChoice }): Promise<NetMaps>;
  /** What its blocks do to the last image. */
  probe(): Promise<NetProbe>;
  /** What it says of the last image with each of its blocks damaged in turn; the next call stops it. */
  damage(request: { readonly kind: BlockDamage }, call: Call<DamagedGuess>): Promise<readonly DamagedGuess[]>;
}

export interface LoadRequest {
  readonly net: string;
  /** Null for the one that Hugging Face has. */
  readonly file: Blob | null;
  readonly name: string;
  readonly backend: BackendChoice;
}

export interface LoadedNet {
  readonly device: DeviceInfo;
  /** Why the browser does not keep what was fetched; null where it does, and of a person's own file. */
  readonly unkept: string | null;
  readonly filters: Filters;
}
