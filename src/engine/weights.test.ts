import { beforeAll, describe, expect, test } from 'vitest';
import { buildGraph } from '../spec/graph.ts';
import { listParameters } from '../spec/parameter.ts';
import { backward } from './backward.ts';
import { goldenBatch } from './checks/golden.ts';
import { PLAIN, PROJECTED, RESIDUAL } from './checks/tiny-race.ts';
import { startDevice } from './device/device.ts';
import { disposeBatch } from './evaluation.ts';
import { forward } from './forward.ts';
import { initialValues } from './initial.ts';
import { crossEntropy } from './operations/loss.ts';
import { compile } from './program.ts';
import { Weights } from './weights.ts';

const RATES = { rate: 0.05, momentum: 0.9, decay: 1e-3 };

async function valuesOf({ parameters }: Weights): Promise<ReadonlyMap<string, readonly number[]>> {
  const values = new Map<string, readonly number[]>();
  for (const [name, tensor] of parameters.entries()) values.set(name, [...(await tensor.data())]);
  return values;
}

describe.each(['cpu', 'wasm'] as const)('weights on %s', (backend) => {
  beforeAll(async () => {
    await startDevice(backend);
  });

  test('start with the initial values, twins with the same', async () => {
    const graph = buildGraph(RESIDUAL, 8, 3);
    const [plain, residual] = [PLAIN, RESIDUAL].map(({ gains }) => new Weights(graph, compile(graph), gains, 5));
    if (plain === undefined || residual === undefined) throw new Error('two nets, two sets of weights');
    const values = await valuesOf(residual);
    expect(await valuesOf(plain)).toEqual(values);
    for (const parameter of listParameters(graph)) {
      expect(values.get(parameter.name)).toEqual([...initialValues(parameter, 5)]);
    }
    plain.dispose();
    residual.dispose();
  });

  test('of a projection rest while its gain is 0, and move once it is mended', async () => {
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
    const all = listParameters(graph).map(({ name }) => name);
    const projection = all.filter((name) => name.startsWith('stage2.block1.shortcut'));
    expect(projection).toHaveLength(3);

    expect(await steps(1)).toEqual(all);
    // Its velocity is not 0 any more: only a parameter that is left alone rests.
    weights.setGain(2, 0);
    expect(await steps(3)).toEqual(all.filter((name) => !projection.includes(name)));
    weights.setGain(2, 1);
    expect(await steps(1)).toEqual(all);
    weights.dispose();
    disposeBatch(batch);
  });
});
