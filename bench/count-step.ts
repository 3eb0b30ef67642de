import type { EngineRemote } from './remote.ts';
import type { Row } from './row.ts';
import { rounded } from './statistics.ts';

/** A step after which everything is compiled, and recorded where that is done. */
const STEPS_BEFORE = 3;

/** What a implementation asks for in a step. */
export async function countStep(name: string, implementation: EngineRemote): Promise<readonly Row[]> {
  for (let step = 0; step < STEPS_BEFORE; step++) await implementation.step();
  const { dispatches, boundBytes, submits } = await implementation.counts();
  return [
    { name: `${name}: dispatches`, value: dispatches, unit: '' },
    { name: `${name}: bytes bound`, value: rounded(boundBytes / 1e9), unit: 'GB' },
    { name: `${name}: submits`, value: submits, unit: '' },
  ];
}
