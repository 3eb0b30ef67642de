import { expect, test } from '@playwright/test';
import * as v from 'valibot';
import { BACKENDS, MOST_THREADS } from '../src/core/experiment/device.ts';
import { failed, largestDifference } from '../src/testing/engine/check.ts';
import { type Result, resultSchema } from './engine/result.ts';
import { developed } from './support/developed.ts';

/** How far two backends may be apart after a few steps in float32. */
const AGREEMENT = 1e-4;

/**
 * More checks than these are made; on the cpu backend those of one golden, and of weights that are restored, since Node makes
 * the others on it.
 */
const FEWEST_CHECKS = { webgpu: 1140, wasm: 385, cpu: 34 } as const;

/** A software adapter compiles and computes on the CPU, which may be busy. */
const PATIENCE = 600_000;

const results = new Map<string, Result>();

test.describe.configure({ mode: 'serial', timeout: PATIENCE });

for (const backend of BACKENDS) {
  test(`${backend === 'cpu' ? 'one golden' : 'every operation and every golden'} on ${backend}`, async ({
    page,
    baseURL,
  }) => {
    await page.goto(developed(`e2e/engine/index.html?backend=${backend}`, baseURL));
    const shown = page.locator('#result');
    await expect(shown).not.toBeEmpty({ timeout: PATIENCE });
    const told: unknown = JSON.parse(await shown.innerText());
    expect(told).not.toHaveProperty('error');
    const result = v.parse(resultSchema, told);
    results.set(backend, result);
    test.info().annotations.push({ type: 'engine', description: `${result.adapter}, ${result.seconds.toFixed(1)} s` });
    expect(result.cores).toBe(await page.evaluate(() => navigator.hardwareConcurrency));
    if (backend === 'wasm') expect(result.adapter).toMatch(`${Math.min(result.cores, MOST_THREADS)} thread`);
    expect(result.broken).toEqual([]);
    expect(result.checks.length).toBeGreaterThan(FEWEST_CHECKS[backend]);
    expect(failed(result.checks)).toEqual([]);
    // 29 parameters, of which a resting projection has three.
    expect(result.moved).toEqual([29, 26, 29]);
    expect(result.fallbacks).toEqual([]);
    if (backend === 'webgpu') {
      expect(result.cost?.dispatches).toBeLessThanOrEqual(135);
      expect(result.spoilt).toEqual({ found: ['PoolGradient'], isGone: true });
    } else expect(result.cost).toBeNull();
    expect(result.diverged).toEqual([{ lane: 'ResNet-8', step: 3 }]);
    expect(result.repeats).toBe(true);
    expect(result.left).toEqual({ tensors: 0, buffers: 0 });
  });
}

test('the backends train alike', () => {
  const [reference, ...others] = BACKENDS.map((backend) => results.get(backend));
  expect(others).not.toContain(undefined);
  const apart = others.flatMap((other, index) =>
    Object.entries(reference?.trajectories ?? {}).flatMap(([name, { losses, logits }]) => {
      const theirs = other?.trajectories[name];
      const what = `${name} on ${BACKENDS[index + 1]}`;
      return [
        { what: `${what}: losses`, difference: largestDifference(theirs?.losses ?? [], losses), tolerance: AGREEMENT },
        { what: `${what}: logits`, difference: largestDifference(theirs?.logits ?? [], logits), tolerance: AGREEMENT },
      ];
    }),
  );
  expect(apart).toHaveLength(8);
  expect(failed(apart)).toEqual([]);
});
