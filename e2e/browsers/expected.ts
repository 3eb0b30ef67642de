/**
 * What the journey must measure. The curves are Chromium's, one set for each SIMD that the wasm kernels are compiled for;
 * every engine that takes the same binary must come to the same bits. `npm run browsers -- --update` makes them again,
 * which only a change that is meant to change curves may need.
 */
import { readFileSync, writeFileSync } from 'node:fs';
import * as v from 'valibot';
import type { Simd } from '../../src/core/experiment/device.ts';
import type { PlainCurve } from '../../src/features/share/playground.ts';
import type { Colours } from './colours.ts';

const FILE = new URL('./goldens/tiny.json', import.meta.url);

/** What is done to the preset `tiny`. */
export const TINY = { cutAt: 20, lane: 'ResNet-32', block: 4, slowStep: 26, steps: 30 } as const;

const column = v.array(v.number());
const curvesSchema = v.record(
  v.string(),
  v.object({
    trainError: column,
    loss: column,
    testError: v.array(v.object({ step: v.number(), error: v.number() })),
  }),
);
const schema = v.object({
  curves: v.object({ relaxed: curvesSchema, plain: curvesSchema }),
  colours: v.record(v.string(), v.tuple([v.string(), v.string()])),
});

/** By the name of the net. */
export type Curves = Readonly<Record<string, Omit<PlainCurve, 'step'>>>;

export interface Expected {
  readonly curves: Readonly<Record<Simd, Curves>>;
  readonly colours: Colours;
}

export function readExpected(): Expected {
  return v.parse(schema, JSON.parse(readFileSync(FILE, 'utf8')));
}

export function writeExpected(expected: Expected): void {
  writeFileSync(FILE, `${JSON.stringify(expected)}\n`);
}

/** The first steps of curves. */
export function curvesUpTo(curves: Curves, steps: number): Curves {
  return Object.fromEntries(
    Object.entries(curves).map(([lane, { trainError, loss, testError }]) => [
      lane,
      {
        trainError: trainError.slice(0, steps),
        loss: loss.slice(0, steps),
        testError: testError.filter(({ step }) => step <= steps),
      },
    ]),
  );
}
