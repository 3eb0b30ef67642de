import { fileURLToPath } from 'node:url';
import { expect, test } from '@playwright/test';
import * as v from 'valibot';
import { createServer, type ViteDevServer } from 'vite';
import { failed, largestDifference } from '../src/engine/checks/check.ts';
import { BACKENDS } from '../src/spec/device.ts';
import { type Result, resultSchema } from './engine/result.ts';

/** How far two backends may be apart after a few steps in float32. */
const AGREEMENT = 1e-4;

const results = new Map<string, Result>();
let server: ViteDevServer;

test.describe.configure({ mode: 'serial' });

test.beforeAll(async () => {
  server = await createServer({
    root: fileURLToPath(new URL('..', import.meta.url)),
    // Its own, so that it gets into no other server's way; and all that the page needs is found before it is asked for.
    cacheDir: 'node_modules/.vite-engine-checks',
    optimizeDeps: { entries: ['e2e/engine/page.ts', 'e2e/engine/run.ts'] },
    server: { port: 0, hmr: false, watch: null },
    logLevel: 'warn',
  });
  await server.listen();
});
test.afterAll(() => server.close());

for (const backend of BACKENDS) {
  test(`every operation and every golden on ${backend}`, async ({ page }) => {
    const [url] = server.resolvedUrls?.local ?? [];
    await page.goto(`${url}e2e/engine/index.html?backend=${backend}`);
    const shown = page.locator('#result');
    await expect(shown).not.toBeEmpty({ timeout: 100_000 });
    const result = v.parse(resultSchema, JSON.parse(await shown.innerText()));
    results.set(backend, result);
    test.info().annotations.push({ type: 'engine', description: `${result.adapter}, ${result.seconds.toFixed(1)} s` });
    expect(result.broken).toEqual([]);
    expect(result.checks.length).toBeGreaterThan(300);
    expect(failed(result.checks)).toEqual([]);
    expect(result.tensorsLeft).toBe(0);
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
