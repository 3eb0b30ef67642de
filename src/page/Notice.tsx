import { X } from 'lucide-react';
import { recoverySentence, recoveryTitle, resumedElsewhere } from '../features/race/device-text.ts';
import { useAutosave, useAutosaveState, useLab, useLabState } from '../features/use-stores.ts';
import { say } from '../language/say.ts';
import { sayIt } from '../language/sentence.ts';

/** What went wrong, in a sentence, until it is put away. */
export function Notice() {
  const lab = useLab();
  const notice = useLabState((state) => state.notice);
  const recovery = useLabState((state) => state.recovery);
  const earlier = useLabState((state) => state.earlierImages);
  const autosave = useAutosave();
  const unsaved = useAutosaveState((state) => state.unsaved);
  const moved = useAutosaveState((state) => state.moved);
  return (
    <div role="alert">
      {[notice, recovery, unsaved, moved, earlier].some((each) => each !== null) && (
        <div className="notice">
          <div>
            {recovery !== null && (
              <p>
                <b>{`${recoveryTitle(recovery)}. `}</b>
                <span>{recoverySentence(recovery)}</span>
              </p>
            )}
            {notice !== null && (
              <p>
                <b>{`${say('page.failed')}. `}</b>
                <span>{say('errors.sentence', { sentence: sayIt(notice.sentence ?? notice.message) })}</span>
              </p>
            )}
            {unsaved !== null && (
              <p>
                <b>{`${say('page.unsaved')}. `}</b>
                <span>{say('errors.sentence', { sentence: sayIt(unsaved) })}</span>
              </p>
            )}
            {earlier !== null && <p>{say(earlier === 'opened' ? 'page.earlierOpened' : 'page.earlierResumed')}</p>}
            {moved !== null && <p>{resumedElsewhere(moved.before, moved.now, moved.step)}</p>}
          </div>
          <button
            type="button"
            className="btn square"
            aria-label={say('page.dismiss')}
            onClick={() => {
              lab.dismissNotice();
              autosave.dismiss();
            }}
          >
            <X size={16} aria-hidden />
          </button>
        </div>
      )}
    </div>
  );
}
