import type { Remote } from './remote.ts';
import { milliseconds, type Row } from './row.ts';

export interface Options {
  /** How often each implementation is timed; fewer times where a step is slow, but at least 5 unless this is less. */
  readonly repeats: number;
  /** Steps of a repeat, asked for in a row and waited for together: on a fast device waiting would be most of it. */
  readonly stepsPerRepeat?: number;
  readonly progress: (text: string) => void;
}

const FIRST_STEPS = 3;

/** How far the losses of the first steps may be apart, as a share. */
const AGREEMENT = 5e-3;

/** Whose losses in the first steps are not the first implementation's. */
export class DisagreementError extends Error {
  override readonly name = 'DisagreementError';
}

/**
 * Milliseconds of a step of each, interleaved, so that other load on the machine affects all alike. The first steps
 * are not timed: their losses must agree, and every implementation compiles in them.
 */
export async function interleave(implementations: readonly Remote[], options: Options): Promise<readonly Row[]> {
  const first: number[][] = [];
  for (const implementation of implementations) {
    const losses: number[] = [];
    for (let step = 0; step < FIRST_STEPS; step++) losses.push((await implementation.step()).loss);
    options.progress(`${implementation.name}: first losses ${losses.map((loss) => loss.toFixed(4)).join(', ')}`);
    first.push(losses);
  }
  checkAgreement(implementations, first);
  const times = await timeRepeats(implementations, options);
  return implementations.map(({ name, detail }, index) => milliseconds(name, detail, times[index] ?? []));
}

/** Milliseconds of a step, of each in each repeat. */
export async function timeRepeats(
  implementations: readonly Remote[],
  { repeats, stepsPerRepeat = 1, progress }: Options,
): Promise<readonly (readonly number[])[]> {
  const times = implementations.map((): number[] => []);
  for (let repeat = 1; repeat <= repeats; repeat++) {
    for (const [index, implementation] of implementations.entries())
      times[index]?.push((await implementation.step(stepsPerRepeat)).ms);
    progress(`repeat ${repeat} of ${repeats}: ${times.map((each) => `${each.at(-1)?.toFixed(1)} ms`).join(', ')}`);
  }
  return times;
}

function checkAgreement(implementations: readonly Pick<Remote, 'name'>[], losses: readonly (readonly number[])[]) {
  const [reference = []] = losses;
  for (const [index, { name }] of implementations.entries()) {
    for (const [step, expected] of reference.entries()) {
      const loss = losses[index]?.[step] ?? Number.NaN;
      if (Math.abs(loss / expected - 1) <= AGREEMENT) continue;
      throw new DisagreementError(
        `${name}: loss ${loss} in step ${step + 1}, and ${implementations[0]?.name} has ${expected}`,
      );
    }
  }
}
