import { DisagreementError, type Options, timeRepeats } from './interleave.ts';
import type { ForwardRemote } from './remote.ts';
import { milliseconds, type Row } from './row.ts';

/** How far logits may be apart, as a share of the largest: convolutions in TF32 are off by a thousandth. */
const AGREEMENT = 1e-2;

/**
 * Milliseconds of a forward pass of each, interleaved. The first passes are not timed: their logits must agree, and
 * every implementation compiles in them.
 */
export async function interleaveForward(
  implementations: readonly ForwardRemote[],
  options: Options,
): Promise<readonly Row[]> {
  const first: Float32Array[] = [];
  for (const implementation of implementations) {
    const logits = await implementation.logits();
    await implementation.step();
    options.progress(
      `${implementation.name}: first logits ${[...logits.subarray(0, 3)].map((each) => each.toFixed(4)).join(', ')}`,
    );
    first.push(logits);
  }
  checkLogits(implementations, first);
  const times = await timeRepeats(implementations, options);
  return implementations.map(({ name, detail }, index) => milliseconds(name, detail, times[index] ?? []));
}

export function checkLogits(
  implementations: readonly Pick<ForwardRemote, 'name'>[],
  logits: readonly Float32Array[],
): void {
  const [reference = new Float32Array()] = logits;
  const largest = reference.reduce((most, value) => Math.max(most, Math.abs(value)), 0);
  for (const [index, { name }] of implementations.entries()) {
    const own = logits[index] ?? new Float32Array();
    const isClose = (value: number, at: number) => Math.abs(value - (own[at] ?? Number.NaN)) <= AGREEMENT * largest;
    if (own.length === reference.length && reference.every(isClose)) continue;
    throw new DisagreementError(`${name}: other logits than ${implementations[0]?.name} has`);
  }
}
