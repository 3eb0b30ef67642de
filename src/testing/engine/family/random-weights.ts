import type { PretrainedModel } from '../../../core/data/pretrained.ts';
import { buildGraph } from '../../../core/net/graph.ts';
import { sizeOf } from '../../../core/net/node.ts';
import { IMAGENET } from '../../../core/net/zoo.ts';
import { Random } from '../../../data/batches/random.ts';
import { writeSafetensors } from '../../../data/formats/safetensors.ts';
import { torchTensors } from '../../../engine/state-dict/torch-names.ts';

/**
 * The file of a pretrained net with weights at random, as PyTorch would write it: 47 MB for ResNet-18 with ImageNet's
 * classes. `prefix` stands before each name.
 */
export function randomWeights(
  { net, input: { crop } }: PretrainedModel,
  { classes = IMAGENET.classes, prefix = '' }: { readonly classes?: number; readonly prefix?: string } = {},
): Uint8Array<ArrayBuffer> {
  const tensors = torchTensors(buildGraph(net, crop, classes)).map(({ name, shape }) => {
    const random = new Random(name);
    const size = sizeOf(shape);
    // He's variance for what is multiplied, around 1 what scales, around 0 what is added.
    // Of the answers none is to be sure.
    const share = name === 'fc.weight' ? 0.02 : 1;
    const spread = shape.length > 1 ? share * Math.sqrt(24 / (size / (shape[0] ?? 1))) : 0.5;
    const middle = shape.length > 1 || /bias|mean/.test(name) ? 0 : 1;
    return {
      name: prefix + name,
      shape,
      values: Float32Array.from({ length: size }, () => middle + spread * (random.uniform() - 0.5)),
    };
  });
  return writeSafetensors(tensors);
}
