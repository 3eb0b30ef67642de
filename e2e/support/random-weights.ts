import { pretrainedOf } from '../../src/core/data/pretrained.ts';
import { buildGraph } from '../../src/core/net/graph.ts';
import { IMAGENET } from '../../src/core/net/zoo.ts';
import { Random } from '../../src/data/batches/random.ts';
import { writeSafetensors } from '../../src/data/formats/safetensors.ts';
import { torchTensors } from '../../src/engine/state-dict/torch-names.ts';

/** A pretrained net with weights at random, as PyTorch would write it: 47 MB for ResNet-18 with ImageNet's classes. */
export function randomWeights(name = 'ResNet-18', classes: number = IMAGENET.classes): Uint8Array {
  const { net } = pretrainedOf(name);
  const tensors = torchTensors(buildGraph(net, IMAGENET.size, classes)).map(({ name, shape }) => {
    const random = new Random(name);
    const size = shape.reduce((product, side) => product * side, 1);
    // He's variance for what is multiplied, around 1 what scales, around 0 what is added.
    // Of the answers none is to be sure.
    const share = name === 'fc.weight' ? 0.02 : 1;
    const spread = shape.length > 1 ? share * Math.sqrt(24 / (size / (shape[0] ?? 1))) : 0.5;
    const middle = shape.length > 1 || /bias|mean/.test(name) ? 0 : 1;
    return {
      name,
      shape,
      values: Float32Array.from({ length: size }, () => middle + spread * (random.uniform() - 0.5)),
    };
  });
  return writeSafetensors(tensors);
}
