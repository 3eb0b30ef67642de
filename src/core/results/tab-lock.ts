/**
 * The Web Lock that each tab holds for as long as it is open, on the name under which it saves its race. A race whose
 * name is not locked was left behind: another tab may resume it, and it may be deleted.
 */
const PREFIX = 'resnet-playground/';

export function lockOfTab(tab: string): string {
  return PREFIX + tab;
}

/** The tab that a lock belongs to; null for locks of other kinds. */
export function tabOfLock(lock: string | undefined): string | null {
  return lock?.startsWith(PREFIX) ? lock.slice(PREFIX.length) : null;
}
