import { X } from 'lucide-react';
import { useState, useSyncExternalStore } from 'react';
import { ResumeRace } from '../features/autosave/ResumeRace.tsx';
import { recoverySentence, recoveryTitle, resumedElsewhere } from '../features/lab/device-text.ts';
import { UndoNotice } from '../features/race/UndoNotice.tsx';
import { useAutosave, useAutosaveState, useLab, useLabState } from '../features/use-stores.ts';
import { offeredUpdate, onUpdate, type Update } from '../isolation/updates.ts';
import { say } from '../language/say.ts';
import { sayAlone } from '../language/sentence.ts';
import { lastFocused, useFocusAtChange } from '../ui/controls/focus-return.ts';
import { usePhone } from '../ui/use-screen.ts';
import styles from './notices.module.css';

/**
 * All notices, stacked at the lower edge of the window: none lies over another, and nothing of the page moves. One that goes
 * gives the focus back.
 */
export function Notices() {
  const phone = usePhone();
  return (
    <div className={styles.stack} data-notices>
      <ResumeRace />
      <UpdateNotice />
      <FailureNotice />
      {phone && <UndoNotice />}
    </div>
  );
}

/** Offers a newer build of the page. It never comes by itself, since a reload ends the training that goes on. */
function UpdateNotice() {
  const update = useSyncExternalStore(onUpdate, offeredUpdate);
  const [dismissed, setDismissed] = useState<Update | null>(null);
  const saved = useAutosaveState(({ savedAt, failing }) => savedAt !== null && !failing) ? 'yes' : 'no';
  const isShown = update !== null && update !== dismissed;
  useFocusAtChange(lastFocused, isShown);
  return (
    <>
      <span role="status" aria-live="polite" className="vh">
        {isShown ? say('page.newerTitle') : ''}
      </span>
      {isShown && (
        <section className={styles.update} aria-label={say('page.newerTitle')}>
          <p>{say(update.type === 'ready' ? 'page.newerReady' : 'page.newerElsewhere', { saved })}</p>
          <button
            type="button"
            className="btn"
            onClick={update.type === 'ready' ? update.accept : () => location.reload()}
          >
            {say('page.newerReload')}
          </button>
          <button
            type="button"
            className="btn square"
            aria-label={say('page.dismiss')}
            onClick={() => setDismissed(update)}
          >
            <X size={16} aria-hidden />
          </button>
        </section>
      )}
    </>
  );
}

/** What went wrong, in a sentence, until it is put away. */
function FailureNotice() {
  const lab = useLab();
  const notice = useLabState((state) => state.notice);
  const recovery = useLabState((state) => state.recovery);
  const earlier = useLabState((state) => state.earlierImages);
  const autosave = useAutosave();
  const unsaved = useAutosaveState((state) => state.unsaved);
  const moved = useAutosaveState((state) => state.moved);
  const isShown = [notice, recovery, unsaved, moved, earlier].some((each) => each !== null);
  useFocusAtChange(lastFocused, isShown);
  // The attribute keeps it announced while a dialog is open: src/ui/live-regions.test.ts.
  return (
    <div role="alert" aria-live="assertive">
      {isShown && (
        <div className={styles.failure}>
          <div>
            {recovery !== null && (
              <p>
                <b>{say('page.noticeTitle', { title: recoveryTitle(recovery) })}</b>
                <span>{recoverySentence(recovery)}</span>
              </p>
            )}
            {notice !== null && (
              <p>
                <b>{say('page.noticeTitle', { title: say('page.failed') })}</b>
                <span>{sayAlone(notice.sentence ?? notice.message)}</span>
              </p>
            )}
            {unsaved !== null && (
              <p>
                <b>{say('page.noticeTitle', { title: say('page.unsaved') })}</b>
                <span>{sayAlone(unsaved)}</span>
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
