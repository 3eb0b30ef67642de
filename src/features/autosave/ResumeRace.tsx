import { useAutosave, useAutosaveState, useLabState } from '../use-stores.ts';
import { LEFT_TEXT } from './strings.ts';

/** What a tab that is gone left behind, and a way to go on with it. Nothing is in its way: it goes when training starts. */
export function ResumeRace() {
  const autosave = useAutosave();
  const left = useAutosaveState((state) => state.resumable);
  const started = useLabState((state) => state.step > 0);
  const open = useLabState((state) => state.open);
  if (left === null || started || !open) return null;
  const { experiment, savedAt } = left;
  return (
    <section className="left-race" aria-label={LEFT_TEXT.title}>
      <p>
        {LEFT_TEXT.sentence(
          experiment.lanes.map(({ name }) => name),
          left.step,
          new Date(savedAt),
        )}
      </p>
      <button type="button" className="btn primary" onClick={() => autosave.resume()}>
        {LEFT_TEXT.resume}
      </button>
      <button type="button" className="btn" onClick={() => autosave.leave()}>
        {LEFT_TEXT.forget}
      </button>
    </section>
  );
}
