import { memory, type Tensor4D, tensor4d } from '@tensorflow/tfjs-core';
import {
  type BlockDamage,
  type Classification,
  type DamagedGuess,
  type FileNames,
  GUESSES,
  type Guess,
  type Preprocessing,
  type PretrainedModel,
} from '../../core/data/pretrained.ts';
import type { DeviceInfo } from '../../core/experiment/device.ts';
import type { Filters, MapChoice, NetMaps, NetProbe } from '../../core/net/feature-maps.ts';
import { buildGraph } from '../../core/net/graph.ts';
import { IMAGENET } from '../../core/net/zoo.ts';
import { openSafetensors } from '../../data/formats/safetensors.ts';
import { imageNetInput, writeNormalised } from '../../data/imagenet-input.ts';
import type { RgbImage } from '../../data/import/resize.ts';
import { SaidError, sentence } from '../../language/sentence.ts';
import { lesioned } from '../insight/lesions/lesioned.ts';
import { inScope } from '../insight/measurement.ts';
import { weightsFileError } from '../state-dict/differences.ts';
import { matchNames } from '../state-dict/match-names.ts';
import { torchTensors } from '../state-dict/torch-names.ts';
import { checkRunMemory, runBatch } from '../weights/memory.ts';
import type { ReadableWeights } from '../weights/tensor-map.ts';
import { fileWeights } from './file-weights.ts';
import { FrozenNet, type LoadOptions } from './frozen-net.ts';
import { netMaps } from './net-maps.ts';
import { probeNet } from './net-probe.ts';
import { firstFilters } from './weight-source.ts';

/** Options of `Classifier.damage`. */
export interface DamageOptions {
  /** Called with each block's result as soon as it is measured. */
  readonly onPart?: (part: DamagedGuess) => void;
  /** Resolves when the work may go on; rejects when it was cancelled. */
  readonly turn?: () => Promise<void>;
}

/** Crops that are classified at once where the device has room for them. */
const CROPS = 8;

/** What a net says of several crops. */
export interface CropAnswers {
  /** Classes of each crop, the likeliest first. */
  readonly guesses: readonly (readonly number[])[];
  readonly milliseconds: number;
}

/** A pretrained net, and the last image that it classified. */
export class Classifier {
  readonly #net: FrozenNet;
  readonly #pretrained: PretrainedModel;
  /** Filters of the first layer, as the file has them. */
  readonly filters: Filters;
  /** How many classes its last layer tells apart. */
  readonly classes: number;
  /** How the names in its file were matched. */
  readonly names: FileNames;
  /** How many crops it classifies at once. */
  readonly batch: number;
  #image: { readonly input: Tensor4D; readonly first: number } | null = null;
  /** Whether kernels are compiled for the number of images, as WebGPU's are. */
  readonly #compiles: boolean;
  /** The numbers of images that they are compiled for; for one image `load` does it. */
  readonly #compiled = new Set([1]);

  private constructor(
    net: FrozenNet,
    pretrained: PretrainedModel,
    told: Pick<Classifier, 'filters' | 'classes' | 'names' | 'batch'> & { readonly compiles: boolean },
  ) {
    this.#net = net;
    this.#pretrained = pretrained;
    this.filters = told.filters;
    this.classes = told.classes;
    this.names = told.names;
    this.batch = told.batch;
    this.#compiles = told.compiles;
  }

  /**
   * Reads a safetensors file that PyTorch's names are in; its last layer may tell any number of classes apart, but for one:
   * the softmax of a single logit is 1 for every image. Rejects with a `MemoryError` where the device cannot hold the net, a
   * `DataError` where the file is none, a `WeightsError` where it is of another net or has one output; nothing is left then.
   */
  static async load(
    pretrained: PretrainedModel,
    file: { readonly name: string; readonly blob: Blob },
    device: DeviceInfo,
    options: LoadOptions = {},
  ): Promise<Classifier> {
    const { net, name, input } = pretrained;
    const usual = buildGraph(net, input.crop, IMAGENET.classes);
    checkRunMemory(name, usual, device);
    const opened = await openSafetensors(file.blob, file.name);
    const classes = matchNames(torchTensors(usual), opened.places).classes ?? IMAGENET.classes;
    const graph = buildGraph(net, input.crop, classes);
    checkRunMemory(name, graph, device);
    const weights = fileWeights(net, graph, opened);
    if (classes === 1) {
      const [problem, remedy] = [sentence('experiment.weights.oneOutput'), sentence('experiment.weights.moreOutputs')];
      throw weightsFileError(file.name, problem, remedy);
    }
    const filters = await firstFilters(graph, weights);
    const frozen = await FrozenNet.load(graph, net.gains, weights, options);
    const classifier = new Classifier(frozen, pretrained, {
      ...{ filters, classes, names: weights.names },
      batch: runBatch(graph, device, CROPS),
      compiles: device.backend === 'webgpu',
    });
    // The first pass compiles kernels, which should not count in the time of an answer.
    try {
      await classifier.classify({ width: 1, height: 1, data: new Uint8Array(3) });
    } catch (error) {
      classifier.dispose();
      throw error;
    }
    classifier.#forget();
    return classifier;
  }

  async classify(image: RgbImage): Promise<Omit<Classification, 'noisy'>> {
    const { input } = this.#pretrained;
    const numbers = tensor4d(imageNetInput(image, input), [1, input.crop, input.crop, 3]);
    const before = memory().numBytes;
    let most = before;
    const onValue = () => {
      most = Math.max(most, memory().numBytes);
    };
    const begun = performance.now();
    const guesses = await this.#guesses(numbers, this.#net.weights, onValue).catch((error: unknown) => {
      numbers.dispose();
      throw error;
    });
    const milliseconds = performance.now() - begun;
    this.#forget();
    this.#image = { input: numbers, first: guesses[0]?.label ?? 0 };
    return { guesses: guesses.slice(0, GUESSES), milliseconds, activationBytes: most - before };
  }

  /**
   * The likeliest classes of each of at most `most` crops [crop, crop, 3], at most `GUESSES` an image, and their share of the
   * duration of the forward pass. The last image stays what it was. Where kernels are compiled for the number of images, fewer
   * crops are classified as `most`, and the first ones once untimed before.
   */
  async classifyCrops(crops: readonly Uint8Array[], most = this.batch): Promise<CropAnswers> {
    const { input } = this.#pretrained;
    const size = input.crop * input.crop * 3;
    const images = this.#compiles ? most : crops.length;
    const values = new Float32Array(images * size);
    for (const [nth, crop] of crops.entries())
      writeNormalised(crop, input, values.subarray(nth * size, (nth + 1) * size));
    const numbers = tensor4d(values, [images, input.crop, input.crop, 3]);
    try {
      if (this.#compiles && !this.#compiled.has(images)) await this.#logits(numbers);
      this.#compiled.add(images);
      const begun = performance.now();
      const all = await this.#logits(numbers);
      const milliseconds = ((performance.now() - begun) * crops.length) / images;
      const guesses = crops.map((_, nth) =>
        largest(all.subarray(nth * this.classes, (nth + 1) * this.classes), GUESSES),
      );
      return { guesses, milliseconds };
    } finally {
      numbers.dispose();
    }
  }

  /** Classifies the last image with each block damaged in turn. Rejects if there is no image. */
  async damage(kind: BlockDamage, { onPart, turn }: DamageOptions = {}): Promise<readonly DamagedGuess[]> {
    const image = this.#seen();
    const { graph, program, weights } = this.#net;
    const damaged: DamagedGuess[] = [];
    const initial = () => {
      throw new Error('lesion: a pretrained net has no weights of step 0');
    };
    return inScope(async (scope) => {
      // Its own, since another image may come meanwhile.
      const input = scope.own(image.input.clone());
      for (const [index] of this.#pretrained.net.gains.entries()) {
        await turn?.();
        const lesion = { kind, block: index + 1 };
        const guesses = await inScope((own) => {
          return this.#guesses(input, lesioned({ graph, program, initial }, weights, lesion, own));
        });
        const [guess] = guesses;
        const { probability = 0 } = guesses.find(({ label }) => label === image.first) ?? {};
        if (guess === undefined) continue;
        const part = { block: lesion.block, probability, guess };
        damaged.push(part);
        onPart?.(part);
      }
      return damaged;
    });
  }

  /** Feature maps of the last image at one block or layer. Throws if there is no image. */
  maps(choice: MapChoice): Promise<NetMaps> {
    return netMaps(this.#net, this.#seen().input, choice);
  }

  /** Measures every block on the last image. Throws if there is no image. */
  probe(): Promise<NetProbe> {
    const { input, first } = this.#seen();
    return probeNet(this.#net, input, this.#pretrained.net.gains.length, first);
  }

  /** How images are prepared for it. */
  get input(): Preprocessing {
    return this.#pretrained.input;
  }

  dispose(): void {
    this.#forget();
    this.#net.dispose();
  }

  #seen() {
    if (this.#image === null) throw new SaidError(sentence('errors.none.image'));
    return this.#image;
  }

  #forget(): void {
    this.#image?.input.dispose();
    this.#image = null;
  }

  async #logits(...given: Parameters<FrozenNet['logits']>) {
    const logits = this.#net.logits(...given);
    return logits.data().finally(() => logits.dispose());
  }

  /** All classes by falling probability. */
  async #guesses(input: Tensor4D, weights: ReadableWeights, onValue?: () => void): Promise<readonly Guess[]> {
    const values = Array.from(await this.#logits(input, weights, onValue));
    const most = values.reduce((largest, value) => Math.max(largest, value), Number.NEGATIVE_INFINITY);
    const likely = values.map((value) => Math.exp(value - most));
    const sum = likely.reduce((all, value) => all + value, 0);
    return likely
      .map((value, label) => ({ label, probability: value / sum }))
      .sort((a, b) => b.probability - a.probability);
  }
}

/** Places of the `count` largest values, the largest first; of equal ones the first comes first. */
function largest(values: ArrayLike<number>, count: number): readonly number[] {
  const places: number[] = [];
  for (let at = 0; at < values.length; at++) {
    const value = values[at] ?? 0;
    let to = places.length;
    while (to > 0 && (values[places[to - 1] ?? 0] ?? 0) < value) to -= 1;
    if (to < count) places.splice(to, 0, at);
    if (places.length > count) places.pop();
  }
  return places;
}
