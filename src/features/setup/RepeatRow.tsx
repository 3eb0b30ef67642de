import { useState } from 'react';
import { NumberField } from '../../ui/controls/NumberField.tsx';
import { MOST_SEEDS } from '../seeds/repeats.ts';
import { SEEDS_TEXT } from '../seeds/strings.ts';
import { useLabState, useRepeats, useRepeatsState } from '../use-stores.ts';

const FIRST_COUNT = 3;

/** Trains the experiment once a seed, and stops it. */
export function RepeatRow() {
  const repeats = useRepeats();
  const plan = useRepeatsState((state) => state.plan);
  const canTrain = useLabState((state) => state.open && state.experiment.lanes.length > 0);
  const [count, setCount] = useState(FIRST_COUNT);
  return (
    <div className="row">
      <span>{SEEDS_TEXT.row}</span>
      <span className="pair repeat">
        {plan === null ? (
          <>
            <NumberField
              label={SEEDS_TEXT.repeat}
              value={count}
              range={{ min: 2, max: MOST_SEEDS, whole: true }}
              onCommit={setCount}
            />
            <button
              type="button"
              className="btn mini"
              title={SEEDS_TEXT.startHint(count)}
              disabled={!canTrain}
              onClick={() => repeats.start(count)}
            >
              {SEEDS_TEXT.start}
            </button>
          </>
        ) : (
          <button type="button" className="btn mini" onClick={() => repeats.stop()}>
            {SEEDS_TEXT.stop}
          </button>
        )}
      </span>
    </div>
  );
}
