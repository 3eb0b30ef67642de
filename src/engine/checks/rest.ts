import { buildGraph } from '../../spec/graph.ts';
import { backward } from '../backward.ts';
import { disposeBatch } from '../evaluation.ts';
import { forward } from '../forward.ts';
import { crossEntropy } from '../operations/loss.ts';
import { compile } from '../program.ts';
import { Weights } from '../weights.ts';
import { goldenBatch } from './golden.ts';
import { PROJECTED } from './tiny-race.ts';

const RATES = { rate: 0.05, momentum: 0.9, decay: 1e-3 };

export async function valuesOf({ parameters }: Weights): Promise<ReadonlyMap<string, readonly number[]>> {
  const values = new Map<string, readonly number[]>();
  for (const [name, tensor] of parameters.entries()) values.set(name, [...(await tensor.data())]);
  return values;
}

/**
 * The parameters that move in one step, in three steps after the gain of block 2 was set to 0, and in one after it was
 * mended. By then no velocity is 0 any more: only a parameter that is left alone rests.
 */
export async function movedAroundRest(): Promise<readonly (readonly string[])[]> {
  const graph = buildGraph(PROJECTED, 8, 3);
  const program = compile(graph);
  const weights = new Weights(graph, program, PROJECTED.gains, 1);
  const batch = goldenBatch({ batch: 4, size: 8, classes: 3 });
  const steps = async (count: number) => {
    const before = await valuesOf(weights);
    for (let step = 0; step < count; step++) {
      const trace = forward(program, weights, batch.images, 'batch', true);
      const { metrics, dLogits } = crossEntropy(trace.values.get(program.output, 2), batch.labels);
      weights.update(backward(program, weights, trace, dLogits), RATES);
      trace.statistics.dispose();
      metrics.dispose();
    }
    const after = await valuesOf(weights);
    return [...before].flatMap(([name, values]) =>
      values.some((value, index) => !Object.is(value, after.get(name)?.[index])) ? [name] : [],
    );
  };
  const moved = [await steps(1)];
  weights.setGain(2, 0);
  moved.push(await steps(3));
  weights.setGain(2, 1);
  moved.push(await steps(1));
  weights.dispose();
  disposeBatch(batch);
  return moved;
}
