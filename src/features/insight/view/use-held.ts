import { useState } from 'react';
import { useLabState } from '../../use-stores.ts';
import { isProbe } from '../inquiry.ts';
import type { Answer } from '../inside-state.ts';
import type { FeaturesResult } from '../probes/features.ts';

/**
 * The answers about one image, where `holds` with what the image before gave until there is one: a drawing is another
 * image with every stroke, and the figure is not to go dark between them.
 */
export function useHeld([answer, ...others]: readonly Answer[], holds: boolean): readonly Answer[] {
  const race = useLabState((state) => state.race);
  const [held, setHeld] = useState<{ readonly race: number; readonly result: FeaturesResult } | null>(null);
  if (answer === undefined) return others;
  const { now } = answer;
  if (isProbe(now, 'features')) {
    if (held?.result !== now) setHeld({ race, result: now });
    return [answer, ...others];
  }
  return holds && held?.race === race ? [{ ...answer, now: held.result }, ...others] : [answer, ...others];
}
