import { fill } from '@tensorflow/tfjs-core';
import { beforeAll, describe, expect, test } from 'vitest';
import { buildGraph } from '../../core/net/graph.ts';
import { listParameters } from '../../core/net/operation-facts.ts';
import { checkEqualSteps, continuedAndRestored, movedAroundRest, valuesOf } from '../../testing/engine/rest.ts';
import { PLAIN, PROJECTED, RESIDUAL } from '../../testing/engine/tiny-race.ts';
import { startDevice } from '../device/device.ts';
import { compile } from '../graph/compile.ts';
import { initialValues } from './initial.ts';
import { TensorMap } from './tensor-map.ts';
import { Weights } from './weights.ts';

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
    const all = listParameters(buildGraph(PROJECTED, 8, 3)).map(({ name }) => name);
    const projection = all.filter((name) => name.startsWith('stage2.block1.shortcut'));
    expect(projection).toHaveLength(3);
    expect(await movedAroundRest()).toEqual([all, all.filter((name) => !projection.includes(name)), all]);
  });

  test('move by the same share of their norm where steps are equal, whatever the gradients', async () => {
    const graph = buildGraph(RESIDUAL, 8, 3);
    const weights = new Weights(graph, compile(graph), RESIDUAL.gains, 5);
    const before = await valuesOf(weights);
    const gradients = new TensorMap();
    let size = 1e-3;
    for (const { name, shape } of listParameters(graph)) {
      gradients.set(name, fill([...shape], size));
      size *= 2;
    }
    weights.update(gradients, { rate: 0.5, momentum: 0.9, decay: 0, equalSteps: true });
    const norm = (values: readonly number[]) => Math.hypot(...values);
    for (const [name, now] of await valuesOf(weights)) {
      const old = before.get(name) ?? [];
      const least = 0.05 * Math.sqrt(old.length);
      const share = norm(now.map((value, at) => value - (old[at] ?? 0))) / Math.max(norm(old), least);
      expect(share).toBeCloseTo(0.01, 5);
    }
    weights.dispose();
  });

  test('take equal steps by their formula, with momentum and decay', async () => {
    const checks = await checkEqualSteps();
    expect(checks.length).toBeGreaterThan(40);
    for (const { what, difference, tolerance } of checks) expect(difference, what).toBeLessThanOrEqual(tolerance);
  });

  test('that were given those of another net go on as it does', async () => {
    const [original, restored] = await continuedAndRestored();
    expect(original?.length).toBeGreaterThan(100);
    expect(restored).toEqual(original);
  });
});
