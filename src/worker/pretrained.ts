import { download } from '../data/download.ts';
import type { DecodeImage } from '../data/import/decode-image.ts';
import { type DeviceOptions, startDevice } from '../engine/device/device.ts';
import { Classifier } from '../engine/family/classifier.ts';
import type { BackendChoice, DeviceInfo } from '../spec/device.ts';
import {
  type DamagedGuess,
  type Loading,
  type PretrainedNet,
  pretrainedOf,
  weightsAddress,
} from '../spec/pretrained.ts';
import type { PretrainedAnswer, PretrainedCommand } from './pretrained-protocol.ts';
import { rarely } from './rarely.ts';

export interface PretrainedOptions {
  readonly device?: DeviceOptions;
  readonly decodeImage: DecodeImage;
  readonly onLoading: (loading: Loading) => void;
  readonly onDamaged: (part: DamagedGuess) => void;
}

/** One device of its own and one net on it, apart from those that train. */
export class Pretrained {
  readonly #options: PretrainedOptions;
  #device: { readonly choice: BackendChoice; readonly info: DeviceInfo } | null = null;
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
        const { net, file, name, backend } = command;
        // First of all, since there may be no room for two.
        this.#classifier?.dispose();
        this.#classifier = null;
        const device = await this.#start(backend);
        const blob = file ?? (await this.#fetch(pretrainedOf(net)));
        const onProgress = (fraction: number) => onLoading({ stage: 'reading', fraction });
        this.#classifier = await Classifier.load(pretrainedOf(net), { name, blob }, device, { onProgress });
        return { of: 'load', device };
      }
      case 'classify': {
        const image = await decodeImage(new Uint8Array(await command.image.arrayBuffer()), command.name);
        return { of: 'classify', classification: await this.#standing.classify(image) };
      }
      case 'damage':
        return {
          of: 'damage',
          damaged: await this.#standing.damage(command.kind, { onPart: onDamaged, turn: () => this.#turn(nth) }),
        };
      case 'stop':
        return { of: 'stop' };
      default:
        return command satisfies never;
    }
  }

  #fetch({ name, repository }: PretrainedNet): Promise<Blob> {
    if (repository === null) throw new Error(`net: Hugging Face has no file of ${name}; choose one`);
    const onProgress = rarely((fraction) => this.#options.onLoading({ stage: 'fetching', fraction }));
    return download(weightsAddress(repository), repository, { onProgress });
  }

  /** Lets what the page asks come in; rejects where it asked for something else meanwhile. */
  async #turn(nth: number): Promise<void> {
    await new Promise((resolve) => setTimeout(resolve));
    if (this.#asked > nth) throw new Stopped();
  }

  get #standing(): Classifier {
    if (this.#classifier === null) throw new Error('net: none is loaded; give it its file of weights');
    return this.#classifier;
  }

  async #start(choice: BackendChoice): Promise<DeviceInfo> {
    if (this.#device?.choice === choice) return this.#device.info;
    const info = await startDevice(choice, this.#options.device);
    this.#device = { choice, info };
    return info;
  }
}

/** Something else was asked for. */
class Stopped extends Error {
  override readonly name = 'Stopped';
  override readonly message = 'net: damaging it was stopped';
}
