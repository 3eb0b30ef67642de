import { useMemo, useRef, useState } from 'react';
import type { Experiment } from '../../core/experiment/experiment.ts';
import { short } from '../../core/format.ts';
import { parts, say } from '../../language/say.ts';
import { Button } from '../../ui/controls/Button.tsx';
import { Said } from '../../ui/Said.tsx';
import { curvesOfRound } from '../lab/curve.ts';
import { costOf, useNetCosts, useTaskShape } from '../lab/use-net-costs.ts';
import { useLab, useLabState } from '../use-stores.ts';

/** Rounds whose time is taken, after those that warm up. */
const MEASURED = 2;

type SetUp = () => PromiseLike<void>;

interface StepPrice {
  readonly measuring: boolean;
  /** Seconds that one step of all nets of the race takes on this device; null before it was measured. */
  readonly seconds: number | null;
  /**
   * Sets up a race, times some of its steps after the first `warmUp`, which are not kept, and sets it up again if nothing else
   * was done meanwhile. `undo` then restores the race before. The lab reports a failure.
   */
  readonly measure: (setUp: SetUp, warmUp: number) => void;
  readonly forget: () => void;
}

/** Measures what an experiment costs on this device before it is trained. */
export function useStepPrice(): StepPrice {
  const lab = useLab();
  const [measuring, setMeasuring] = useState(false);
  const [seconds, setSeconds] = useState<number | null>(null);
  /** Counts what was measured and forgotten: an earlier measurement tells nothing any more. */
  const turn = useRef(0);
  const forget = () => {
    turn.current += 1;
    setSeconds(null);
  };
  const measure = async (setUp: SetUp, warmUp: number) => {
    forget();
    const mine = turn.current;
    setMeasuring(true);
    // A price is the device's: a speed that the visitor has chosen waits meanwhile.
    const speedOf = () => lab.store.getState().maxRoundsPerSecond;
    const chosen = speedOf();
    const { undo: earlier } = lab.store.getState();
    try {
      await setUp();
      if (chosen !== null) await lab.setMaxRoundsPerSecond(null);
      const { race, undo } = lab.store.getState();
      lab.store.setState({ timedSteps: warmUp + MEASURED });
      // A visitor who closes the dialog meanwhile may train the race, or open another.
      const isOurs = () => {
        const now = lab.store.getState();
        return now.race === race && !now.training && now.step <= warmUp + MEASURED;
      };
      await lab.step(warmUp);
      const begun = performance.now();
      if (isOurs()) await lab.step(MEASURED);
      if (!isOurs()) return;
      if (turn.current === mine) setSeconds((performance.now() - begun) / 1000 / MEASURED);
      await setUp();
      // The race that the first of them replaced, or where it had no step yet, the one before.
      lab.store.setState({ undo: undo ?? earlier });
    } finally {
      // Another may have been chosen meanwhile.
      if (chosen !== null && speedOf() === null) await lab.setMaxRoundsPerSecond(chosen);
      setMeasuring(false);
    }
  };
  return {
    measuring,
    seconds,
    measure: (setUp, warmUp) => {
      lab.attempt(() => measure(setUp, warmUp));
    },
    forget,
  };
}

/** Multiply-adds a second, forward, at which the present race trained last; null where it did not, or is held back. */
function usePresentSpeed(): number | null {
  const rounds = useLabState((state) => state.roundsPerSecond);
  const isHeldBack = useLabState(({ maxRoundsPerSecond, dutyCycle }) => maxRoundsPerSecond !== null || dutyCycle < 1);
  const batch = useLabState((state) => state.experiment.recipe.batch);
  const curves = useLabState((state) => state.curves);
  const costs = useNetCosts();
  if (rounds === null || isHeldBack) return null;
  const perImage = curvesOfRound(curves).reduce((sum, { lane }) => sum + (costs.get(lane)?.multiplyAdds ?? 0), 0);
  return rounds * batch * perImage || null;
}

interface PriceProps {
  readonly price: StepPrice;
  readonly setUp: SetUp;
  readonly onDone: () => void;
  /** What is priced: what `setUp` sets up, or the part of it that costs anything. */
  readonly experiment: Experiment;
  /** Rounds that are not timed: one, or more where a net stops after some, and is no part of the price. */
  readonly warmUp?: number;
}

/**
 * What an experiment costs: in multiply-adds of its forward passes, in time at the present race's speed, and the button that
 * measures the time. Its images may not be loaded yet: the present race's number of classes stands for theirs, which changes
 * the last layer alone.
 */
export function Price({ price, setUp, onDone, experiment, warmUp = 1 }: PriceProps) {
  const { measuring, seconds, measure } = price;
  const { lanes, recipe, data, until } = experiment;
  const { classes } = useTaskShape();
  const speed = usePresentSpeed();
  const perImage = useMemo(
    () => lanes.reduce((sum, { net }) => sum + costOf(net, data.size, classes).multiplyAdds, 0),
    [lanes, data.size, classes],
  );
  const work = perImage * recipe.batch * until;
  return (
    <>
      <p>{say('setup.paperCost', { adds: short(work) })}</p>
      {speed !== null && seconds === null && !measuring && (
        <p>{say('setup.paperExpected', { all: sayDuration(work / speed) })}</p>
      )}
      <p role="status" aria-live="polite">
        <span>{measuring && say('setup.paperMeasuring')}</span>
        {seconds !== null && !measuring && <Time seconds={seconds} steps={until} nets={lanes.length} />}
      </p>
      <div className="dialog-actions">
        {seconds === null || measuring ? (
          <Button className="btn primary" disabled={measuring} onClick={() => measure(setUp, warmUp)}>
            <span>{say('setup.paperUse')}</span>
          </Button>
        ) : (
          <Button className="btn primary" onClick={onDone}>
            <span>{say('setup.paperDone')}</span>
          </Button>
        )}
      </div>
    </>
  );
}

interface TimeProps {
  readonly seconds: number;
  readonly steps: number;
  readonly nets: number;
}

function Time({ seconds, steps, nets }: TimeProps) {
  const step =
    seconds < SHORT
      ? say('setup.paperMilliseconds', { milliseconds: 1000 * seconds })
      : say('setup.paperSeconds', { seconds });
  const sentence = parts('setup.paperTime', { all: sayDuration(seconds * steps), step, steps, nets });
  return <Said parts={sentence} />;
}

/** Below this many seconds a time is told in milliseconds. */
const SHORT = 0.1;

const MINUTE = 60;
const HOUR = 60 * MINUTE;
const DAY = 24 * HOUR;

/** "40 minutes", "9 hours", "12 days": in the largest unit of which there are one and a half. */
export function sayDuration(seconds: number): string {
  if (seconds >= 1.5 * DAY) return say('setup.paperDays', { count: Math.round(seconds / DAY) });
  if (seconds >= 1.5 * HOUR) return say('setup.paperHours', { count: Math.round(seconds / HOUR) });
  return say('setup.paperMinutes', { count: Math.max(1, Math.round(seconds / MINUTE)) });
}
