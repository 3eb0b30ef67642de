import { Turtle } from 'lucide-react';
import { useLabState, useSlowMotion } from '../../use-stores.ts';
import { SLOW } from '../strings.ts';
import { useStill } from './use-still.ts';

/** Makes a round and shows it in slow motion. */
export function SlowButton() {
  const slow = useSlowMotion();
  const open = useLabState((state) => state.open && state.experiment.lanes.length > 0);
  const still = useStill();
  return (
    <button
      type="button"
      className="btn square"
      aria-label={SLOW.title}
      title={`${SLOW.title}: ${SLOW.hint.toLowerCase()}`}
      disabled={!open}
      onClick={() => slow.make({ play: !still })}
    >
      <Turtle size={16} aria-hidden />
    </button>
  );
}
