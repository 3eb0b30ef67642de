import { buildGraph } from '../../core/net/graph.ts';
import { type CifarNet, LAYERS_PER_BLOCK, type NetSpec, stageBlocks } from '../../core/net/net.ts';
import { listParameters } from '../../core/net/node.ts';

/**
 * The state of a deeper net that continues a smaller one: all tensors that the two have in common, and for the new
 * blocks (the last of each stage) those of `fresh`, with the scale of their last norm set to 0. Their branch F(x) then
 * is 0, so with a gain of 1 the net computes the same function as the smaller one.
 */
export function grownValues(
  from: { readonly net: NetSpec; readonly values: ReadonlyMap<string, Float32Array> },
  to: { readonly net: CifarNet; readonly fresh: ReadonlyMap<string, Float32Array> },
): ReadonlyMap<string, Float32Array> {
  const values = new Map([...to.fresh, ...from.values]);
  for (const scale of newScales(from.net, to.net)) {
    const key = `parameter ${scale}`;
    values.set(key, new Float32Array(values.get(key)?.length ?? 0));
  }
  return values;
}

/** Names of the last norm's scale in every block that `to` has and `from` has not. */
function newScales(from: NetSpec, to: CifarNet): readonly string[] {
  const last = LAYERS_PER_BLOCK[to.block];
  const before = stageBlocks(from);
  const names = stageBlocks(to).flatMap((has, stage) => {
    const had = before[stage] ?? 0;
    return Array.from({ length: has - had }, (_, nth) => `stage${stage + 1}.block${had + nth + 1}.norm${last}.scale`);
  });
  const known = new Set(listParameters(buildGraph(to, 8, 2)).map(({ name }) => name));
  for (const name of names) if (!known.has(name)) throw new Error(`parameter: no ${name}`);
  return names;
}
