import { buildGraph } from '../spec/graph.ts';
import { type CifarNet, LAYERS_PER_BLOCK, type NetSpec, stageBlocks } from '../spec/net.ts';
import { listParameters } from '../spec/node.ts';

/**
 * What a deeper net remembers that goes on from a smaller one: everything that the two have in common, and of the blocks
 * that are new (the last of each stage) what `fresh` has, with the scale of their last normalisation 0. Their branch
 * then gives 0, and behind an open shortcut the net computes what the smaller one did.
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

/** The last scale of every block that `to` has and `from` has not. */
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
