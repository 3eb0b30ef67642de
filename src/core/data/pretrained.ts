import type { Phrase } from '../../language/sentence.ts';
import type { BackendChoice, DeviceInfo } from '../experiment/device.ts';
import type { Filters } from '../net/feature-maps.ts';
import { IMAGENET_DEPTHS, netName, type ZooNet } from '../net/net.ts';
import { IMAGENET, makeAlexNet, makeGoogLeNet, makeImageNetNet, makeVgg } from '../net/zoo.ts';
import { quote } from '../quote.ts';
import type { Lesion } from '../results/lesion.ts';

/** Preprocessing of an image for a net: resize, crop, then (colour / 255 - mean) / deviation by channel. */
export interface Preprocessing {
  /** Length of the shorter side in pixels after resizing. */
  readonly shorter: number;
  /** Side of the centre crop in pixels. */
  readonly crop: number;
  readonly mean: readonly [number, number, number];
  readonly deviation: readonly [number, number, number];
}

/** Preprocessing of torchvision's weights, with the statistics of ImageNet's training images. */
const USUAL: Preprocessing = {
  shorter: 256,
  crop: IMAGENET.size,
  mean: [0.485, 0.456, 0.406],
  deviation: [0.229, 0.224, 0.225],
};

/** GoogLeNet's weights were ported from TensorFlow; torchvision's module converts the usual statistics to these. */
const GOOGLENET: Preprocessing = { ...USUAL, mean: [0.5, 0.5, 0.5], deviation: [0.5, 0.5, 0.5] };

/** A net with weights that were trained on ImageNet elsewhere. */
export interface PretrainedModel {
  readonly name: string;
  readonly net: ZooNet;
  readonly input: Preprocessing;
  /** Hugging Face repository of torchvision's weights; null if there is none. */
  readonly repository: string | null;
  /** Percent, one crop of each of ImageNet's validation images, as torchvision documents its first weights. */
  readonly top1Error: number;
}

/**
 * Top-1 errors with one crop of the validation images, of IMAGENET1K_V1 as torchvision documents it. Its recipe is not the
 * paper's, and neither are these errors those of the paper's tables.
 */
const RESNET_ERRORS = { 18: 30.24, 34: 26.69, 50: 23.87, 101: 22.63, 152: 21.69 } as const;

const NETS: readonly (readonly [net: ZooNet, top1Error: number])[] = [
  ...IMAGENET_DEPTHS.map((depth) => {
    return [makeImageNetNet('residual', depth, { form: 'pytorch' }), RESNET_ERRORS[depth]] as const;
  }),
  [makeVgg(16), 28.41],
  [makeVgg(16, { norm: true }), 26.64],
  [makeVgg(19), 27.62],
  [makeVgg(19, { norm: true }), 25.78],
  [makeAlexNet({ form: 'pytorch' }), 43.48],
];

const googLeNet: PretrainedModel = {
  name: 'GoogLeNet',
  net: makeGoogLeNet({ form: 'pytorch' }),
  input: GOOGLENET,
  repository: null,
  top1Error: 30.22,
};

const [first, ...others] = NETS.map(([net, top1Error]): PretrainedModel => {
  return { name: netName(net), net, input: USUAL, repository: repositoryOf(net), top1Error };
});

/** timm keeps torchvision's first weights of ResNets and VGGs. */
function repositoryOf(net: ZooNet): string | null {
  if (net.design === 'imagenet') return `timm/resnet${net.depth}.tv_in1k`;
  return net.design === 'vgg' ? `timm/vgg${net.depth}${net.norm ? '_bn' : ''}.tv_in1k` : null;
}

/** Address of a repository's file of weights. */
export function weightsAddress(repository: string): string {
  return `https://huggingface.co/${repository}/resolve/main/model.safetensors`;
}

/** How the names of a file's tensors were matched to a net's. */
export interface FileNames {
  /** Parts removed from the names, such as "module."; empty if the names are torchvision's. */
  readonly stripped: readonly string[];
  /** The file's own name for the last layer's weights; null if it is torchvision's. */
  readonly head: string | null;
  /** Number of tensors that were not read because they belong to other modules or copies of the net. */
  readonly leftOut: number;
}

/** The progress of loading a pretrained net: its file is downloaded, or read onto the device. */
export interface LoadProgress {
  readonly stage: 'fetching' | 'reading';
  /** 0 to 1. */
  readonly fraction: number;
}

/** All pretrained nets, in torchvision's variant, with its names and weights. */
export const PRETRAINED: readonly [PretrainedModel, ...PretrainedModel[]] = [first ?? googLeNet, ...others, googLeNet];

/** The pretrained net of this name. Throws an `Error` if there is none. */
export function pretrainedOf(name: string): PretrainedModel {
  const found = PRETRAINED.find((each) => each.name === name);
  if (found === undefined)
    throw new Error(`net: ${quote(name)} is not one of ${PRETRAINED.map((each) => each.name).join(', ')}`);
  return found;
}

/** An ImageNet class (0 to 999) with its predicted probability. */
export interface Guess {
  readonly label: number;
  readonly probability: number;
}

/** Number of guesses that are reported, most likely first. */
export const GUESSES = 5;

/** A net's classification of an image. */
export interface Classification {
  readonly guesses: readonly Guess[];
  /** Time from the start of the forward pass until its answer was read. */
  readonly milliseconds: number;
  /** Peak bytes of tensors besides the weights. */
  readonly activationBytes: number;
  /** Whether the browser may have given back other pixels than those that it decoded (`readsBackTrue`). */
  readonly noisy: boolean;
}

/** The lesions that make sense for a net that is not trained here: `swap` and `reset` are left out. */
export type BlockDamage = Extract<Lesion['kind'], 'branch' | 'shortcut'>;

/** The classification of the same image with one block damaged. */
export interface DamagedGuess {
  /** Counted from 1. */
  readonly block: number;
  /** Its probability of the undamaged net's top class. */
  readonly probability: number;
  /** Its own top class. */
  readonly guess: Guess;
}

/** A pretrained net to load, and the file of its weights. */
export interface LoadRequest {
  readonly net: string;
  /** The user's file; null for the weights that the browser keeps, or that Hugging Face has. */
  readonly file: Blob | null;
  /** Whether what the browser does not keep may be fetched: whether the user was told so. It may have been deleted since. */
  readonly fetches: boolean;
  readonly name: string;
  readonly backend: BackendChoice;
}

/** A pretrained net that runs on a device. */
export interface LoadedNet {
  readonly device: DeviceInfo;
  /** Why fetched weights could not be stored; null if they were, and for the user's own file. */
  readonly unkept: Phrase | null;
  readonly filters: Filters;
  /** Number of classes of the last layer. */
  readonly classes: number;
  readonly names: FileNames;
}

/** A stored file of weights, complete or partial. */
export interface KeptWeights {
  /** On Hugging Face. */
  readonly repository: string;
  /** Bytes stored so far. */
  readonly bytes: number;
  /** Size of the whole file in bytes; null if the server did not send it. */
  readonly total: number | null;
}

/** Whether the file is complete. */
export function isWhole({ bytes, total }: KeptWeights): boolean {
  return bytes === total;
}

/** Whether the whole file of a repository is among those that are stored. */
export function isKept(kept: readonly KeptWeights[], repository: string | null): boolean {
  return kept.some((each) => each.repository === repository && isWhole(each));
}

/** A drawing of an object that is an ImageNet class. */
export interface SamplePicture {
  readonly name: string;
  /** The emoji's code point, in hexadecimal. */
  readonly points: string;
  /** File name in the pictures folder of the data files. */
  readonly file: string;
}

/** Sample pictures for the pretrained nets, for a user who has no image at hand. */
export const PICTURES: readonly SamplePicture[] = [
  { name: 'banana', points: '1f34c', file: 'banana.png' },
  { name: 'strawberry', points: '1f353', file: 'strawberry.png' },
  { name: 'pizza', points: '1f355', file: 'pizza.png' },
  { name: 'zebra', points: '1f993', file: 'zebra.png' },
  { name: 'snail', points: '1f40c', file: 'snail.png' },
  { name: 'guitar', points: '1f3b8', file: 'guitar.png' },
];
