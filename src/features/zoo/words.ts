import type { FileNames, KeptWeights } from '../../core/data/pretrained.ts';
import { bytesText } from '../../core/format.ts';
import type { MapChoice } from '../../core/net/feature-maps.ts';
import { IMAGENET } from '../../core/net/zoo.ts';
import { printable } from '../../core/quote.ts';
import { listed, say } from '../../language/say.ts';

/** "23.4%"; an unlikely class has "0.02%" or "<0.01%", and a nearly certain one "99.98%" rather than "100.0%". */
export function probabilityText(probability: number): string {
  const percent = 100 * probability;
  if (percent < 0.01) return '<0.01%';
  if (percent < 0.1) return `${percent.toFixed(2)}%`;
  return percent >= 99.95 && percent < 99.995 ? `${percent.toFixed(2)}%` : `${percent.toFixed(1)}%`;
}

/** How much of an incomplete file is there, "20.0 MB of 46.8 MB"; the size of a complete one. */
export function savedText({ bytes, total }: KeptWeights): string {
  if (bytes === total) return bytesText(bytes);
  if (total === null) return say('zoo.savedFirst', { part: bytesText(bytes) });
  return say('zoo.savedPart', { part: bytesText(bytes), total: bytesText(total) });
}

/** How the names in a file of weights were read, if they are not torchvision's, and what its classes are called. */
export function fileNotes(file: { readonly classes: number; readonly names: FileNames }): readonly string[] {
  const { stripped, head, leftOut } = file.names;
  const parts = stripped.map((part) => `“${printable(part)}”`);
  const [first = ''] = parts;
  const stripNote =
    parts.length > 3
      ? say('zoo.strippedMore', { first, more: parts.length - 1 })
      : say('zoo.stripped', { parts: listed(parts) });
  return [
    ...(parts.length === 0 ? [] : [stripNote]),
    ...(head === null ? [] : [say('zoo.headName', { head: printable(head) })]),
    ...(leftOut === 0 ? [] : [say('zoo.leftOut', { tensors: leftOut })]),
    ...(file.classes === IMAGENET.classes ? [] : [say('zoo.ownClasses', { classes: file.classes })]),
  ];
}

/** A place in a net, as the choice of feature maps names it. */
export function choiceName(choice: MapChoice): string {
  return choice.type === 'block' ? say('zoo.blockNumber', { block: choice.block }) : layerName(choice.layer);
}

const INCEPTION_KERNELS: Readonly<Record<string, string>> = {
  one: '1×1',
  reduce3: '3×3',
  three: '3×3',
  reduce5: '5×5',
  five: '5×5',
};

/** "stage1.relu2" as "Stage 1, convolution 2", "inception3a.three.relu" as "Inception 3a, 3×3". */
export function layerName(layer: string): string {
  const [, name = '', number = ''] = /^([a-z]+?)(\d\w*)?(?:\.|$)/.exec(layer) ?? [];
  const part = layer.split('.')[1] ?? '';
  switch (name) {
    case 'stem':
      return part === 'pool' ? say('zoo.stemPool') : say('zoo.stem');
    case 'stage':
      return part === 'pool'
        ? say('zoo.stagePool', { stage: number })
        : say('zoo.stageConv', { stage: number, number: part.replace('relu', '') });
    case 'relu':
    case 'conv':
      return say('zoo.convNumber', { number });
    case 'pool':
      return say('zoo.poolNumber', { number });
    case 'inception':
      return inceptionName(number, part);
    default:
      return layer;
  }
}

function inceptionName(number: string, part: string): string {
  const kernel = INCEPTION_KERNELS[part];
  if (part === '') return say('zoo.inception', { number });
  if (part === 'pool') return say('zoo.inceptionPool', { number });
  if (part === 'pooled') return say('zoo.inceptionPooled', { number });
  if (kernel === undefined) return say('zoo.inceptionPart', { number, part });
  return part.startsWith('reduce')
    ? say('zoo.inceptionReduce', { number, kernel })
    : say('zoo.inceptionPart', { number, part: kernel });
}
