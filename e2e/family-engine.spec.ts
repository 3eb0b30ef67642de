import { fileURLToPath } from 'node:url';
import { expect, test } from '@playwright/test';
import * as v from 'valibot';
import { createServer, type ViteDevServer } from 'vite';
import { failed } from '../src/testing/engine/check.ts';

const PATIENCE = 300_000;

const resultSchema = v.object({
  adapter: v.string(),
  checks: v.array(v.object({ what: v.string(), difference: v.number(), tolerance: v.number() })),
  left: v.number(),
});

let server: ViteDevServer;

test.describe.configure({ timeout: PATIENCE });

test.beforeAll(async () => {
  server = await createServer({
    root: fileURLToPath(new URL('..', import.meta.url)),
    cacheDir: 'node_modules/.vite-family-checks',
    optimizeDeps: { entries: ['e2e/engine/family-page.ts', 'e2e/engine/family-run.ts'] },
    server: { port: 0, hmr: false, watch: null },
    logLevel: 'warn',
  });
  await server.listen();
});
test.afterAll(() => server.close());

test('every net of the family on webgpu, as torchvision computed it', async ({ page }) => {
  const [url] = server.resolvedUrls?.local ?? [];
  await page.goto(`${url}e2e/engine/family.html`);
  const shown = page.locator('#result');
  await expect(shown).not.toBeEmpty({ timeout: PATIENCE });
  const told: unknown = JSON.parse(await shown.innerText());
  expect(told).not.toHaveProperty('error');
  const { adapter, checks, left } = v.parse(resultSchema, told);
  const worst = Math.max(...checks.filter(({ what }) => what.endsWith('logits')).map(({ difference }) => difference));
  test.info().annotations.push({ type: 'engine', description: `${adapter}, logits within ${worst.toExponential(1)}` });
  expect(checks.filter(({ what }) => what.endsWith('logits'))).toHaveLength(18);
  expect(failed(checks)).toEqual([]);
  expect(left).toBe(0);
});
