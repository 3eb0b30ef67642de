import { expect, test } from '@playwright/test';
import * as v from 'valibot';
import { failed } from '../src/testing/engine/check.ts';
import { developed } from './support/developed.ts';

const PATIENCE = 600_000;

const resultSchema = v.object({
  adapter: v.string(),
  checks: v.array(v.object({ what: v.string(), difference: v.number(), tolerance: v.number() })),
  left: v.number(),
});

test.describe.configure({ timeout: PATIENCE });

test('every net of the family on webgpu, as torchvision computed it', async ({ page, baseURL }) => {
  await page.goto(developed('e2e/engine/family.html', baseURL));
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
