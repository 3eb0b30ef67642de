import { createStore, type StoreApi } from 'zustand/vanilla';
import { areRepeats, reachOf, seedsOf } from '../../core/experiment/comparison.ts';
import { LIMITS } from '../../core/experiment/limits.ts';
import type { SavedCurve, SavedRun, SeedPlan } from '../../core/results/run.ts';
import { isOver } from '../lab/curve.ts';
import { type Handled, handledBy } from '../lab/handled.ts';
import type { Lab } from '../lab/lab.ts';
import type { LabState } from '../lab/state.ts';
import type { SavedRuns } from '../runs/runs.ts';

/** The most seeds over which an experiment can be repeated; the browser keeps 100 runs. */
export const MOST_SEEDS = 20;

export interface RepeatsState {
  /** The seeds to train, one after another; null while the experiment is not repeated. */
  readonly plan: SeedPlan | null;
  /** Whether figures show means over the seeds, in place of this race alone. */
  readonly showing: boolean;
}

/**
 * Repeats the experiment over several seeds: where one has come to its end, the next is opened and trained, until there
 * is a run of every seed. A pause is a pause, Train goes on. What is cut or changed meanwhile belongs to the experiment
 * from then on, so that seeds without it are trained again. Opening another race ends it, and Undo brings it back.
 */
export interface Repeats {
  readonly store: StoreApi<RepeatsState>;
  /** Repeats over `count` seeds, this race's seed first. Seeds that have a complete run are not trained again. */
  start(count: number): Handled;
  /** Drops the remaining seeds; the present race goes on. */
  stop(): void;
  /** Restores the plan of a resumed race, with which Train continues. */
  restore(plan: SeedPlan): Handled;
  show(showing: boolean): void;
}

export function createRepeats(
  lab: Pick<Lab, 'store' | 'open' | 'train' | 'showFailure'>,
  runs: Pick<SavedRuns, 'store'>,
): Repeats {
  const store = createStore<RepeatsState>(() => ({ plan: null, showing: false }));
  /** The plan that another race has dropped, and the race that it was of, which Undo may bring back. */
  let dropped: { readonly plan: SeedPlan; readonly race: number } | null = null;
  /** Whether the next seed is on its way. */
  let opening = false;

  const drop = (race: number) => {
    const { plan } = store.getState();
    if (plan !== null) dropped = { plan, race };
    store.setState({ plan: null });
  };

  /** Ends the repeats where the user opens another race, which is on its way: true if so. */
  const endsForAnother = (): boolean => {
    const { opening: other, race } = lab.store.getState();
    if (other !== null) drop(race);
    return other !== null;
  };

  /** Opens the next seed if this one has reached the end; resolves with false if there is nothing to train then. */
  const openNext = async (): Promise<boolean> => {
    const { plan } = store.getState();
    // A seed on its way is not another race: the call that opens it goes on with the present plan.
    if (plan === null || opening || endsForAnother()) return false;
    const { experiment } = lab.store.getState();
    const seed = seedsToGo(plan, lab.store.getState(), runs.store.getState().runs)[0];
    if (seed === undefined) {
      store.setState({ plan: null });
      return false;
    }
    if (seed !== experiment.recipe.seed) {
      opening = true;
      try {
        await lab.open({ ...experiment, recipe: { ...experiment.recipe, seed } });
      } finally {
        opening = false;
      }
      if (endsForAnother()) return false;
    }
    return store.getState().plan === plan || openNext();
  };
  const goOn = async () => {
    // The class is asked once: a seed that opens by itself does not wait for it.
    if (await openNext()) await lab.train({ waits: false });
  };

  lab.store.subscribe((now, before) => {
    // As after a reload, what is brought back waits for Train.
    if (now.continues !== before.continues && dropped !== null && dropped.race === now.continues)
      store.setState({ plan: dropped.plan });
    const { plan } = store.getState();
    if (plan === null) return;
    if (now.race !== before.race && !opening) drop(before.race);
    // A seed that is brought back at its end is followed by the next one, which waits for Train, too.
    const isBack = before.opening !== null && now.opening === null && now.continues !== null && isDone(now);
    if (isBack) openNext().catch(() => store.setState({ plan: null }));
    const hasEnded = before.training && !now.training && isDone(now);
    // The lab's notice shows the failure.
    if (hasEnded) goOn().catch(() => store.setState({ plan: null }));
  });

  return handledBy<Repeats>(lab.showFailure, {
    store,
    start: async (count) => {
      const { experiment, training, step, waitAt } = lab.store.getState();
      const first = Math.min(experiment.recipe.seed, LIMITS.seed.max - count + 1);
      store.setState({ plan: { first, count }, showing: true });
      if (training || !(await openNext())) return;
      // Where the race has not come to the wait, the class is still to be asked, by whichever seed trains first.
      await lab.train({ waits: waitAt === null || step < waitAt });
    },
    stop: () => store.setState({ plan: null }),
    restore: async (plan) => {
      store.setState({ plan, showing: true });
      if (!isDone(lab.store.getState()) || !(await openNext())) return;
      // What was asked for meanwhile trains; what is only restored waits for Train.
      if (store.getState().plan !== plan) await lab.train({ waits: false });
    },
    show: (showing) => store.setState({ showing }),
  });
}

/** The seeds of a plan that have no complete run of the present experiment. */
export function seedsToGo(plan: SeedPlan, lab: LabState, runs: readonly SavedRun[]): readonly number[] {
  const { experiment } = lab;
  const done = runs.filter((run) => isComplete(run, experiment.until) && areRepeats(run.experiment, experiment));
  const seeds = new Set(done.map((run) => run.experiment.recipe.seed));
  if (isDone(lab)) seeds.add(experiment.recipe.seed);
  return seedsOf(plan).filter((seed) => !seeds.has(seed));
}

/** A kept run may have a net that was added late or rewound, and has not caught up. */
function isComplete(run: SavedRun, until: number): boolean {
  const isThere = ({ errors, divergedAt }: SavedCurve) => divergedAt !== null || errors.length >= until;
  return reachOf(run) >= until && run.curves.every(isThere);
}

function isDone({ experiment, curves }: LabState): boolean {
  return isOver(curves, experiment.until);
}
