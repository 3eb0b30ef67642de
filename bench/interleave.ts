import type { Remote } from './remote.ts';
import { milliseconds, type Row } from './row.ts';

export interface Options {
  /** How often each contender is timed; fewer times where a step is slow, but at least 5 unless this is less. */
  readonly turns: number;
  /** Steps of a turn, asked for in a row and waited for together: on a fast device waiting would be most of it. */
  readonly stepsPerTurn?: number;
  readonly progress: (text: string) => void;
}

const FIRST_STEPS = 3;

/** How far the losses of the first steps may be apart, as a share. */
const AGREEMENT = 5e-3;

/** Whose losses in the first steps are not the first contender's. */
export class DisagreementError extends Error {
  override readonly name = 'DisagreementError';
}

/**
 * Milliseconds of a step of each, in turns, so that whatever else the machine does befalls all alike. The first steps
 * are not timed: their losses must agree, and every contender compiles in them.
 */
export async function interleave(contenders: readonly Remote[], options: Options): Promise<readonly Row[]> {
  const first: number[][] = [];
  for (const contender of contenders) {
    const losses: number[] = [];
    for (let step = 0; step < FIRST_STEPS; step++) losses.push((await contender.step()).loss);
    options.progress(`${contender.name}: first losses ${losses.map((loss) => loss.toFixed(4)).join(', ')}`);
    first.push(losses);
  }
  checkAgreement(contenders, first);
  const times = await takeTurns(contenders, options);
  return contenders.map(({ name, detail }, index) => milliseconds(name, detail, times[index] ?? []));
}

/** Milliseconds of a step, of each in each turn. */
export async function takeTurns(
  contenders: readonly Remote[],
  { turns, stepsPerTurn = 1, progress }: Options,
): Promise<readonly (readonly number[])[]> {
  const times = contenders.map((): number[] => []);
  for (let turn = 1; turn <= turns; turn++) {
    for (const [index, contender] of contenders.entries()) times[index]?.push((await contender.step(stepsPerTurn)).ms);
    progress(`turn ${turn} of ${turns}: ${times.map((each) => `${each.at(-1)?.toFixed(1)} ms`).join(', ')}`);
  }
  return times;
}

function checkAgreement(contenders: readonly Pick<Remote, 'name'>[], losses: readonly (readonly number[])[]) {
  const [reference = []] = losses;
  for (const [index, { name }] of contenders.entries()) {
    for (const [step, expected] of reference.entries()) {
      const loss = losses[index]?.[step] ?? Number.NaN;
      if (Math.abs(loss / expected - 1) <= AGREEMENT) continue;
      throw new DisagreementError(
        `${name}: loss ${loss} in step ${step + 1}, and ${contenders[0]?.name} has ${expected}`,
      );
    }
  }
}
