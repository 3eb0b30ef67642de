import { useMemo } from 'react';
import { repeatsOf } from '../../charts/series/series.ts';
import { countParameters, multiplyAdds } from '../../core/net/cost.ts';
import { buildGraph } from '../../core/net/graph.ts';
import type { NetSpec } from '../../core/net/net.ts';
import type { Graph } from '../../core/net/node.ts';
import { useLabState } from '../use-stores.ts';
import { useLanesNow } from './use-lanes-now.ts';

export interface NetCost {
  readonly graph: Graph;
  readonly parameters: number;
  /** Multiply-adds of one image's forward pass. */
  readonly multiplyAdds: number;
}

/** A net's graph, parameters and multiply-adds for images of `size` pixels a side and `classes` classes. */
export function costOf(net: NetSpec, size: number, classes: number): NetCost {
  const graph = buildGraph(net, size, classes);
  return { graph, parameters: countParameters(graph), multiplyAdds: multiplyAdds(graph) };
}

/** As many as the drawings have designers, which is what most races tell apart. */
const CLASSES_WHILE_LOADING = 4;

/** Image size and number of classes of the race. */
export function useTaskShape(): { readonly size: number; readonly classes: number } {
  const size = useLabState((state) => state.experiment.data.size);
  const classes = useLabState((state) => state.data?.classes.length ?? CLASSES_WHILE_LOADING);
  return { size, classes };
}

/** The costs of all nets of the race as they are now, by name. */
export function useNetCosts(): ReadonlyMap<string, NetCost> {
  const lanes = useLanesNow();
  const { size, classes } = useTaskShape();
  return useMemo(
    () => new Map(lanes.map(({ name, net }) => [name, costOf(net, size, classes)])),
    [lanes, size, classes],
  );
}

/** For each net of the race whose colour one before it has, how many have it; see `repeatsOf`. By name. */
export function useNetRepeats(): ReadonlyMap<string, number> {
  const lanes = useLanesNow();
  return useMemo(
    () => repeatsOf(lanes.map(({ name, net: { family, depth } }) => ({ id: name, family, depth }))),
    [lanes],
  );
}
