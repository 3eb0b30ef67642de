import type { PhotoBatch, PhotoSet, Thumbnail } from '../../core/data/photographs.ts';
import {
  type Classification,
  type DamagedGuess,
  type LoadedNet,
  type LoadProgress,
  type LoadRequest,
  type PretrainedModel,
  pretrainedOf,
} from '../../core/data/pretrained.ts';
import type { BackendChoice, DeviceInfo } from '../../core/experiment/device.ts';
import type { NetMaps, NetProbe } from '../../core/net/feature-maps.ts';
import { buildGraph } from '../../core/net/graph.ts';
import { IMAGENET } from '../../core/net/zoo.ts';
import { wait } from '../../core/wait.ts';
import { DataError } from '../../data/dataset.ts';
import { isPng } from '../../data/formats/png.ts';
import { hasOtherColours } from '../../data/formats/png-colours.ts';
import { openSafetensors } from '../../data/formats/safetensors.ts';
import { readImageFile } from '../../data/import/image-file.ts';
import { UnreadableError } from '../../data/unreadable.ts';
import { type DeviceOptions, startDevice } from '../../engine/device/device.ts';
import { DeviceLostError } from '../../engine/device/error.ts';
import { Classifier } from '../../engine/inference/classifier.ts';
import { recogniseNet } from '../../engine/inference/recognise-net.ts';
import { WeightsError } from '../../engine/state-dict/differences.ts';
import { checkRunMemory } from '../../engine/weights/memory.ts';
import { SaidError, sentence } from '../../language/sentence.ts';
import type { WeightStore } from '../../store/weights.ts';
import { DeviceLossSignal } from '../device-loss-signal.ts';
import { type Call, type RequestOf, throttleProgress, Withdrawn } from '../rpc.ts';
import type { InferenceApi } from './api.ts';
import { type FetchedWeights, fetchWeights } from './fetch-weights.ts';
import { PhotoClassifier, type PhotoDecoding } from './photo-classifier.ts';

type Request<Method extends keyof InferenceApi> = RequestOf<InferenceApi, Method>;

export interface PretrainedOptions extends PhotoDecoding {
  /** Starts devices: `startDevice`, but for tests of losses. */
  readonly start?: typeof startDevice;
  readonly wasmPaths?: DeviceOptions['wasmPaths'];
  /** Where what is fetched is kept. */
  readonly files: WeightStore;
}

/** One device of its own and one net on it, apart from those that train. */
export class Pretrained implements InferenceApi {
  readonly #options: PretrainedOptions;
  #device: { readonly choice: BackendChoice; readonly info: DeviceInfo; readonly watch: DeviceLossSignal } | null =
    null;
  #classifier: Classifier | null = null;
  #last: Promise<unknown> = Promise.resolve();
  #asked = 0;
  readonly #photos: PhotoClassifier;

  constructor(options: PretrainedOptions) {
    this.#options = options;
    this.#photos = new PhotoClassifier(options);
  }

  load(
    { file, name, fetches, ...request }: LoadRequest,
    call: Pick<Call<LoadProgress>, 'signal' | 'onProgress'>,
  ): Promise<LoadedNet> {
    return this.#inTurn(async () => {
      // It may have waited for its turn.
      call.signal.throwIfAborted();
      const net = pretrainedOf(request.net);
      // First of all, since there may be no room for two.
      this.#classifier?.dispose();
      this.#classifier = null;
      const { info, watch } = await this.#start(request.backend);
      // Nothing is fetched that there is no room for.
      checkRunMemory(net.name, buildGraph(net.net, net.input.crop, IMAGENET.classes), info);
      const weights = file ?? (fetches ? null : await this.#kept(net));
      const { blob, unkept } = weights === null ? await this.#fetch(net, call) : { blob: weights, unkept: null };
      const onRead = (fraction: number) => call.onProgress({ stage: 'reading', fraction });
      const loading = Classifier.load(net, { name, blob }, info, { onProgress: onRead });
      this.#classifier = await orDeviceLost(file === null ? this.#unlessOdd(net, loading) : loading, watch);
      const { filters, classes, names } = this.#classifier;
      return { device: info, unkept, filters, classes, names };
    });
  }

  classify(request: Request<'classify'>): Promise<Classification> {
    return this.#inTurn(async () => {
      const bytes = await readImageFile(request.image, request.name);
      const image = await this.#options.decodeImage(bytes, request.name);
      // A PNG in other colours than sRGB is decoded by the browser.
      const noisy = this.#options.noisy === true && (!isPng(bytes) || hasOtherColours(bytes));
      return { ...(await this.#ask((classifier) => classifier.classify(image))), noisy };
    });
  }

  maps({ choice }: Request<'maps'>): Promise<NetMaps> {
    return this.#inTurn(() => this.#ask((classifier) => classifier.maps(choice)));
  }

  probe(): Promise<NetProbe> {
    return this.#inTurn(() => this.#ask((classifier) => classifier.probe()));
  }

  /** Throws `Withdrawn` where it is withdrawn or something else is asked for. */
  damage({ kind }: Request<'damage'>, call: Pick<Call<DamagedGuess>, 'signal' | 'onProgress'>) {
    return this.#inTurn((isOutdated) => {
      const turn = turnOf(call.signal, isOutdated);
      return this.#ask((classifier) => classifier.damage(kind, { onPart: call.onProgress, turn }));
    });
  }

  openPhotos(request: Request<'openPhotos'>, call: Pick<Call<number>, 'signal' | 'onProgress'>): Promise<PhotoSet> {
    return this.#inTurn(() => this.#photos.open(request, call));
  }

  /** Throws `Withdrawn` where it is withdrawn or something else is asked for. */
  classifyPhotos(
    { photos }: Request<'classifyPhotos'>,
    { signal, onProgress: onBatch }: Pick<Call<PhotoBatch>, 'signal' | 'onProgress'>,
  ) {
    return this.#inTurn((isOutdated) => {
      const turn = turnOf(signal, isOutdated);
      return this.#ask((classifier) => this.#photos.classify(classifier, photos, { signal, turn, onBatch }));
    });
  }

  /** Out of turn, since photographs may be classified meanwhile. */
  async thumbnails({ photos }: Request<'thumbnails'>): Promise<readonly Thumbnail[]> {
    return this.#photos.thumbnails(photos);
  }

  async recogniseWeights({ file, name }: Request<'recogniseWeights'>): Promise<string | null> {
    return recogniseNet(await openSafetensors(file, name));
  }

  unload(): Promise<void> {
    return this.#inTurn(async () => {
      this.#classifier?.dispose();
      this.#classifier = null;
    });
  }

  /** One thing after the other; what takes a while can ask whether something was asked for since. */
  #inTurn<T>(work: (isOutdated: () => boolean) => Promise<T>): Promise<T> {
    this.#asked += 1;
    const asked = this.#asked;
    const done = this.#last.then(() => work(() => asked !== this.#asked));
    this.#last = done.catch(() => {});
    return done;
  }

  async #kept({ name, repository }: PretrainedModel): Promise<Blob> {
    const kept = repository === null ? null : await this.#options.files.whole(repository);
    if (kept === null) throw new SaidError(sentence('errors.none.kept', { net: name }));
    return kept;
  }

  #fetch(
    { name, repository }: PretrainedModel,
    { signal, onProgress }: Pick<Call<LoadProgress>, 'signal' | 'onProgress'>,
  ): Promise<FetchedWeights> {
    if (repository === null) throw new SaidError(sentence('errors.none.weights', { net: name }));
    const onFetched = throttleProgress((fraction) => onProgress({ stage: 'fetching', fraction }));
    return fetchWeights(repository, { files: this.#options.files, onProgress: onFetched, signal });
  }

  /** What was fetched and is no file of this net is not kept, or it would be in the way of the next try. */
  async #unlessOdd<T>({ repository }: PretrainedModel, loading: Promise<T>): Promise<T> {
    try {
      return await loading;
    } catch (error) {
      const isOdd = error instanceof DataError || error instanceof WeightsError;
      // What could not be read for once may be whole.
      if (isOdd && !(error instanceof UnreadableError) && repository !== null)
        await this.#options.files.remove(repository).catch(() => {});
      throw error;
    }
  }

  /** What comes of work with the net. */
  async #ask<T>(work: (classifier: Classifier) => Promise<T>): Promise<T> {
    if (this.#classifier === null || this.#device === null) {
      throw new SaidError(sentence('errors.none.net'));
    }
    return orDeviceLost(work(this.#classifier), this.#device.watch);
  }

  async #start(choice: BackendChoice) {
    if (this.#device?.choice === choice && this.#device.watch.error === null) return this.#device;
    const { start = startDevice, wasmPaths } = this.#options;
    const watch = new DeviceLossSignal(() => {});
    const { onBroken } = watch;
    const info = await start(choice, wasmPaths === undefined ? { onBroken } : { onBroken, wasmPaths });
    this.#device = { choice, info, watch };
    return this.#device;
  }
}

/** Resolves when the next part of some work may be done; rejects with `Withdrawn` where it is not wanted any more. */
function turnOf(signal: AbortSignal, isOutdated: () => boolean): () => Promise<void> {
  return async () => {
    // Messages are received between parts alone.
    await wait();
    if (signal.aborted || isOutdated()) throw new Withdrawn();
  };
}

/** Where the device goes meanwhile, rejects with how it went: a read from it may never end. */
async function orDeviceLost<T>(work: Promise<T>, watch: DeviceLossSignal): Promise<T> {
  try {
    return await watch.orLost(work);
  } catch (error) {
    throw error instanceof DeviceLostError ? new NetLostError(error) : error;
  }
}

/** The device is gone, and the net with it. */
class NetLostError extends SaidError {
  override readonly name = 'DeviceLostError';

  constructor({ reason }: DeviceLostError) {
    super(sentence('errors.device.netLost', { reason: reason || sentence('errors.device.noReason') }));
  }
}
