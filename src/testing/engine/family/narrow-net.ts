import { PRETRAINED, type PretrainedModel } from '../../../core/data/pretrained.ts';
import { buildGraph } from '../../../core/net/graph.ts';
import { IMAGENET, makeImageNetNet } from '../../../core/net/zoo.ts';
import { Random } from '../../../data/batches/random.ts';
import { writeSafetensors } from '../../../data/formats/safetensors.ts';
import { torchTensors } from '../../../engine/state-dict/torch-names.ts';

const [{ input }] = PRETRAINED;

/** ResNet-18 with few channels, for small images. */
export const NARROW: PretrainedModel = {
  name: 'ResNet-18',
  net: makeImageNetNet('residual', 18, { width: 4, form: 'pytorch' }),
  input: { ...input, shorter: 72, crop: 64 },
  repository: null,
  top1Error: 100,
};

/** Weights at random, as PyTorch would name them; `prefix` stands before each name. */
export function randomFile(
  { net, input: { crop } }: PretrainedModel,
  { classes = IMAGENET.classes, prefix = '' }: { readonly classes?: number; readonly prefix?: string } = {},
): Blob {
  const tensors = torchTensors(buildGraph(net, crop, classes)).map(({ name, shape }) => {
    const random = new Random(name);
    const size = shape.reduce((product, side) => product * side, 1);
    const spread = shape.length > 1 ? Math.sqrt(24 / (size / (shape[0] ?? 1))) : 0.5;
    const from = shape.length > 1 ? -spread / 2 : 0.75;
    return {
      name: prefix + name,
      shape,
      values: Float32Array.from({ length: size }, () => from + spread * random.uniform()),
    };
  });
  return new Blob([writeSafetensors(tensors)]);
}
