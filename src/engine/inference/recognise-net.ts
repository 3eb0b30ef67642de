import { PRETRAINED, type PretrainedModel } from '../../core/data/pretrained.ts';
import { buildGraph } from '../../core/net/graph.ts';
import { IMAGENET } from '../../core/net/zoo.ts';
import type { SafetensorsFile } from '../../data/formats/safetensors.ts';
import { difference } from '../state-dict/differences.ts';
import { matchNames } from '../state-dict/match-names.ts';
import { torchTensors } from '../state-dict/torch-names.ts';

/**
 * The name of the pretrained net whose weights a file holds, by names and shapes of its tensors, whatever its number of
 * classes; null if it holds none's. The file of one of them fits no other, since a tensor that a net does not have is a
 * difference too.
 */
export function recogniseNet({ places, name }: Pick<SafetensorsFile, 'places' | 'name'>): string | null {
  const fits = ({ net, input }: PretrainedModel) => {
    const tensorsFor = (classes: number) => torchTensors(buildGraph(net, input.crop, classes));
    const matched = matchNames(tensorsFor(IMAGENET.classes), places);
    return difference(tensorsFor(matched.classes ?? IMAGENET.classes), matched, name) === null;
  };
  return PRETRAINED.find(fits)?.name ?? null;
}
