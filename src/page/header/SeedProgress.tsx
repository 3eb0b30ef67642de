import { seedsToGo } from '../../features/seeds/repeats.ts';
import { SEEDS_TEXT } from '../../features/seeds/strings.ts';
import { useLabState, useRepeatsState, useRunsState } from '../../features/use-stores.ts';

/** Which of its seeds the experiment is at, while it is repeated. */
export function SeedProgress() {
  const plan = useRepeatsState((state) => state.plan);
  const runs = useRunsState((state) => state.runs);
  const toGo = useLabState((state) => (plan === null ? 0 : seedsToGo(plan, state, runs).length));
  if (plan === null) return null;
  return <span className="seed">{SEEDS_TEXT.progress(Math.min(plan.count, plan.count - toGo + 1), plan.count)}</span>;
}
