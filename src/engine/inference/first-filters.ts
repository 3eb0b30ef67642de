import type { Filters } from '../../core/net/net-look.ts';
import { type Graph, listParameters } from '../../core/net/node.ts';
import type { WeightSource } from './weight-source.ts';

/** Reads the filters of the first convolution, [height, width, RGB, filters], from the source of the net's weights. */
export async function firstFilters(graph: Graph, source: WeightSource): Promise<Filters> {
  const [first] = listParameters(graph);
  if (first === undefined) throw new Error('net: it has no filters');
  const [height = 0, width = 0, colours = 0, filters = 0] = first.shape;
  return { shape: [height, width, colours, filters], values: await source.parameter(first) };
}
