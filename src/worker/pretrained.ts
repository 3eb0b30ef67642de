import { DataError } from '../data/error.ts';
import type { DecodeImage } from '../data/import/decode-image.ts';
import { type DeviceOptions, startDevice } from '../engine/device/device.ts';
import { DeviceLostError } from '../engine/device/error.ts';
import { WeightsError } from '../engine/exchange/differences.ts';
import { Classifier } from '../engine/family/classifier.ts';
import { checkRunMemory } from '../engine/memory-check.ts';
import type { BackendChoice, DeviceInfo } from '../spec/device.ts';
import { IMAGENET } from '../spec/family.ts';
import { buildGraph } from '../spec/graph.ts';
import { type DamagedGuess, type Loading, type PretrainedNet, pretrainedOf } from '../spec/pretrained.ts';
import type { WeightFiles } from '../store/weights.ts';
import { type FetchedWeights, fetchWeights } from './fetch-weights.ts';
import type { PretrainedAnswer, PretrainedCommand } from './pretrained-protocol.ts';
import { rarely } from './rarely.ts';
import { Watch } from './watch.ts';

export interface PretrainedOptions {
  /** Starts devices: `startDevice`, but for tests of losses. */
  readonly start?: typeof startDevice;
  readonly wasmPaths?: DeviceOptions['wasmPaths'];
  readonly decodeImage: DecodeImage;
  /** Where what is fetched is kept. */
  readonly files: WeightFiles;
  readonly onLoading: (loading: Loading) => void;
  readonly onDamaged: (part: DamagedGuess) => void;
}

/** One device of its own and one net on it, apart from those that train. */
export class Pretrained {
  readonly #options: PretrainedOptions;
  #device: { readonly choice: BackendChoice; readonly info: DeviceInfo; readonly watch: Watch } | null = null;
  #classifier: Classifier | null = null;
  #last: Promise<unknown> = Promise.resolve();
  #asked = 0;

  constructor(options: PretrainedOptions) {
    this.#options = options;
  }

  /** Does what is asked, one thing after the other. Rejects with a named error. */
  do(command: PretrainedCommand): Promise<PretrainedAnswer> {
    this.#asked += 1;
    const nth = this.#asked;
    const done = this.#last.then(() => this.#do(command, nth));
    this.#last = done.catch(() => {});
    return done;
  }

  async #do(command: PretrainedCommand, nth: number): Promise<PretrainedAnswer> {
    const { decodeImage, onLoading, onDamaged } = this.#options;
    switch (command.ask) {
      case 'load': {
        const { file, name, backend } = command;
        const net = pretrainedOf(command.net);
        // First of all, since there may be no room for two.
        this.#classifier?.dispose();
        this.#classifier = null;
        const { info, watch } = await this.#start(backend);
        // Nothing is fetched that there is no room for.
        checkRunMemory(net.name, buildGraph(net.net, net.input.crop, IMAGENET.classes), info);
        const { blob, unkept } = file === null ? await this.#fetch(net) : { blob: file, unkept: null };
        const onProgress = (fraction: number) => onLoading({ stage: 'reading', fraction });
        const loading = Classifier.load(net, { name, blob }, info, { onProgress });
        this.#classifier = await whileItLasts(file === null ? this.#unlessOdd(net, loading) : loading, watch);
        const { filters, classes, names } = this.#classifier;
        return { of: 'load', device: info, unkept, filters, classes, names };
      }
      case 'classify': {
        const image = await decodeImage(new Uint8Array(await command.image.arrayBuffer()), command.name);
        return { of: 'classify', classification: await this.#ask((classifier) => classifier.classify(image)) };
      }
      case 'maps':
        return { of: 'maps', maps: await this.#ask((classifier) => classifier.maps(command.choice)) };
      case 'probe':
        return { of: 'probe', probe: await this.#ask((classifier) => classifier.probe()) };
      case 'damage': {
        const options = { onPart: onDamaged, turn: () => this.#turn(nth) };
        return { of: 'damage', damaged: await this.#ask((classifier) => classifier.damage(command.kind, options)) };
      }
      case 'stop':
        return { of: 'stop' };
      default:
        return command satisfies never;
    }
  }

  #fetch({ name, repository }: PretrainedNet): Promise<FetchedWeights> {
    if (repository === null) throw new Error(`net: Hugging Face has no file of ${name}; choose one`);
    const onProgress = rarely((fraction) => this.#options.onLoading({ stage: 'fetching', fraction }));
    return fetchWeights(repository, { files: this.#options.files, onProgress });
  }

  /** What was fetched and is no file of this net is not kept, or it would be in the way of the next try. */
  async #unlessOdd<T>({ repository }: PretrainedNet, loading: Promise<T>): Promise<T> {
    try {
      return await loading;
    } catch (error) {
      const isOdd = error instanceof DataError || error instanceof WeightsError;
      if (isOdd && repository !== null) await this.#options.files.remove(repository).catch(() => {});
      throw error;
    }
  }

  /** Lets what the page asks come in; rejects where it asked for something else meanwhile. */
  async #turn(nth: number): Promise<void> {
    await new Promise((resolve) => setTimeout(resolve));
    if (this.#asked > nth) throw new Stopped();
  }

  /** What comes of work with the net. */
  #ask<T>(work: (classifier: Classifier) => Promise<T>): Promise<T> {
    if (this.#classifier === null || this.#device === null) {
      throw new Error('net: none is loaded; give it its file of weights');
    }
    return whileItLasts(work(this.#classifier), this.#device.watch);
  }

  async #start(choice: BackendChoice) {
    if (this.#device?.choice === choice && this.#device.watch.error === null) return this.#device;
    const { start = startDevice, wasmPaths } = this.#options;
    const watch = new Watch(() => {});
    const { onBroken } = watch;
    const info = await start(choice, wasmPaths === undefined ? { onBroken } : { onBroken, wasmPaths });
    this.#device = { choice, info, watch };
    return this.#device;
  }
}

/** Where the device goes meanwhile, rejects with how it went: a read from it may never end. */
async function whileItLasts<T>(work: Promise<T>, { gone }: Watch): Promise<T> {
  try {
    return await Promise.race([gone, work]);
  } catch (error) {
    throw error instanceof DeviceLostError ? new NetLostError(error) : error;
  }
}

/** The device is gone, and the net with it. */
class NetLostError extends Error {
  override readonly name = 'DeviceLostError';

  constructor({ reason }: DeviceLostError) {
    super(`net: its device was lost (${reason || 'the browser does not say why'}); load it again`);
  }
}

/** Something else was asked for. */
class Stopped extends Error {
  override readonly name = 'Stopped';
  override readonly message = 'net: damaging it was stopped';
}
