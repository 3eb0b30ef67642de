import { alexNetGraph } from './graphs/alexnet.ts';
import { googLeNetGraph } from './graphs/googlenet.ts';
import { cifarGraph, imageNetGraph } from './graphs/resnet.ts';
import { vggGraph } from './graphs/vgg.ts';
import type { NetSpec } from './net.ts';
import type { Graph } from './node.ts';

/** The net as a flat list of named nodes, for square RGB images of `size` pixels. Throws where they are too small. */
export function buildGraph(net: NetSpec, size: number, classes: number): Graph {
  switch (net.design) {
    case undefined:
      return cifarGraph(net, size, classes);
    case 'imagenet':
      return imageNetGraph(net, size, classes);
    case 'vgg':
      return vggGraph(net, size, classes);
    case 'alexnet':
      return alexNetGraph(net, size, classes);
    case 'googlenet':
      return googLeNetGraph(net, size, classes);
    default:
      return net satisfies never;
  }
}
