import { useSyncExternalStore } from 'react';
import { offeredUpdate, onUpdate } from '../isolation/updates.ts';
import { say } from '../language/say.ts';
import styles from './update-notice.module.css';

/** Offers a newer build of the page. It never comes by itself, since a reload ends the training that goes on. */
export function UpdateNotice() {
  const update = useSyncExternalStore(onUpdate, offeredUpdate);
  return (
    <div role="status">
      {update !== null && (
        <section className={styles.notice} aria-label={say('page.newerTitle')}>
          <p>{say(update.type === 'ready' ? 'page.newerReady' : 'page.newerElsewhere')}</p>
          <button
            type="button"
            className="btn"
            onClick={update.type === 'ready' ? update.accept : () => location.reload()}
          >
            {say('page.newerReload')}
          </button>
        </section>
      )}
    </div>
  );
}
