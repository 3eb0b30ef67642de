import { DisagreementError, type Options, takeTurns } from './interleave.ts';
import type { ForwardRemote } from './remote.ts';
import { milliseconds, type Row } from './row.ts';

/** How far logits may be apart, as a share of the largest: convolutions in TF32 are off by a thousandth. */
const AGREEMENT = 1e-2;

/**
 * Milliseconds of a forward pass of each, in turns. The first passes are not timed: their logits must agree, and
 * every contender compiles in them.
 */
export async function interleaveForward(
  contenders: readonly ForwardRemote[],
  options: Options,
): Promise<readonly Row[]> {
  const first: Float32Array[] = [];
  for (const contender of contenders) {
    const logits = await contender.logits();
    await contender.step();
    options.progress(
      `${contender.name}: first logits ${[...logits.subarray(0, 3)].map((each) => each.toFixed(4)).join(', ')}`,
    );
    first.push(logits);
  }
  checkLogits(contenders, first);
  const times = await takeTurns(contenders, options);
  return contenders.map(({ name, detail }, index) => milliseconds(name, detail, times[index] ?? []));
}

export function checkLogits(contenders: readonly Pick<ForwardRemote, 'name'>[], logits: readonly Float32Array[]): void {
  const [reference = new Float32Array()] = logits;
  const largest = reference.reduce((most, value) => Math.max(most, Math.abs(value)), 0);
  for (const [index, { name }] of contenders.entries()) {
    const own = logits[index] ?? new Float32Array();
    const isClose = (value: number, at: number) => Math.abs(value - (own[at] ?? Number.NaN)) <= AGREEMENT * largest;
    if (own.length === reference.length && reference.every(isClose)) continue;
    throw new DisagreementError(`${name}: other logits than ${contenders[0]?.name} has`);
  }
}
