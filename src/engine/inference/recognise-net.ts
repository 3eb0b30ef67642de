import { PRETRAINED } from '../../core/data/pretrained.ts';
import { buildGraph } from '../../core/net/graph.ts';
import { IMAGENET } from '../../core/net/zoo.ts';
import type { SafetensorsFile } from '../../data/formats/safetensors.ts';
import { difference } from '../state-dict/differences.ts';
import { classesIn, matchNames } from '../state-dict/match-names.ts';
import { torchTensors } from '../state-dict/torch-names.ts';

/**
 * The name of the pretrained net whose weights a file holds, by names and shapes of its tensors, whatever its number of
 * classes; null if it holds none's. ResNet-34 has all tensors of ResNet-18, so the net with the most tensors is meant.
 */
export function recogniseNet(file: Pick<SafetensorsFile, 'places' | 'name'>): string | null {
  let found: { readonly name: string; readonly tensors: number } | null = null;
  for (const { name, net, input } of PRETRAINED) {
    const classes = classesIn(torchTensors(buildGraph(net, input.crop, IMAGENET.classes)), file.places);
    const wanted = torchTensors(buildGraph(net, input.crop, classes ?? IMAGENET.classes));
    if (difference(wanted, matchNames(wanted, file.places), file.name) !== null) continue;
    if (found === null || wanted.length > found.tensors) found = { name, tensors: wanted.length };
  }
  return found?.name ?? null;
}
