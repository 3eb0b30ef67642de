import { say } from '../../language/say.ts';
import { lastFocused, useFocusAtChange } from '../../ui/controls/focus-return.ts';
import { timeText } from '../runs/saved-runs.ts';
import { useAutosave, useAutosaveState, useLabState } from '../use-stores.ts';
import styles from './resume.module.css';

/** Offers to resume the race of a closed tab, until training starts here. */
export function ResumeRace() {
  const autosave = useAutosave();
  const left = useAutosaveState((state) => state.resumable);
  const started = useLabState((state) => state.step > 0);
  const open = useLabState((state) => state.open);
  const offered = started || !open ? null : left;
  useFocusAtChange(lastFocused, offered);
  if (offered === null) return null;
  const { experiment, savedAt } = offered;
  const saved = { net: experiment.lanes[0]?.name ?? '', step: offered.step, time: timeText(new Date(savedAt)) };
  const more = experiment.lanes.length - 1;
  return (
    <section className={styles.bar} aria-label={say('runs.left')}>
      <p>{more === 0 ? say('runs.leftOne', saved) : say('runs.leftMany', { ...saved, more })}</p>
      <button type="button" className="btn" onClick={() => autosave.resume()}>
        {say('runs.resume')}
      </button>
      <button type="button" className="btn" onClick={() => autosave.leave()}>
        {say('runs.discard')}
      </button>
    </section>
  );
}
