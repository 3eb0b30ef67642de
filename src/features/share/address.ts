import { areRepeats, isEqual } from '../../core/experiment/comparison.ts';
import { type Experiment, onPresentImages } from '../../core/experiment/experiment.ts';
import { PRESETS, type PresetName } from '../../core/experiment/presets.ts';
import type { Lab } from '../lab/lab.ts';
import type { LabState } from '../lab/state.ts';
import { hasExperiment, readLink, writeLink } from './link.ts';
import { withAssignmentOf, withoutAssignment } from './link-options.ts';

/** The address that opens what the page shows: a preset by its name, any other experiment in full. */
export function followedAddress(page: URL, experiment: Experiment, preset: PresetName | null): URL {
  if (opens(page, experiment)) return page;
  if (preset === null || !isEqual(PRESETS[preset], experiment)) return writeLink(page, experiment);
  const address = new URL(page);
  address.hash = '';
  address.searchParams.set('preset', preset);
  return address;
}

/** Browsers refuse more than about three changes of the address a second, so several in a row become one. */
const SETTLE_MS = 400;

/** The parts of a window that hold its address and its history. */
export interface AddressBar {
  readonly location: Pick<Location, 'href'>;
  readonly history: Pick<History, 'pushState' | 'replaceState'>;
  addEventListener(type: 'popstate', listen: () => void): void;
}

/**
 * Keeps the address at what the page shows. Another experiment gets an entry in the history; changes of the present one
 * replace its entry. Back and Forward open the experiment of the entry, and `undo` brings back the race that they replace.
 * An address that opens the experiment already is its own, with all that it asks for; `undo` brings that back, too.
 * While `isElsewhere`, the address is not the experiment's but that of a chapter of the lesson.
 * `onAnother` hears of the address of another experiment, which may ask for more than that.
 */
export function followAddress(
  lab: Pick<Lab, 'store' | 'openLink'>,
  page: AddressBar,
  isElsewhere: () => boolean = () => false,
  onAnother: (address: URL) => void = () => {},
): void {
  let timer: ReturnType<typeof setTimeout> | null = null;
  /** The address of the race that stands: after Back the page's is already that of the next one. */
  let own = new URL(page.location.href);
  /** The addresses that Back and Forward have led to, and whose races are not opened yet. */
  const asked = new Set<URL>();
  /** The race that `undo` brings back in place of another experiment, and its address. */
  let replaced: { readonly race: number; readonly address: URL } | null = null;
  /** The address as a race begins with it. */
  const addressFor = (isNew: boolean, { continues }: LabState): URL => {
    const now = new URL(page.location.href);
    if (isNew) return withoutAssignment(now);
    if (replaced === null || replaced.race !== continues) return now;
    const restored = withAssignmentOf(now, replaced.address);
    replaced = null;
    onAnother(restored);
    return restored;
  };
  const write = (isNew: boolean, state: LabState) => {
    if (timer !== null) clearTimeout(timer);
    timer = null;
    if (isElsewhere()) return;
    put(isNew, state);
    own = new URL(page.location.href);
  };
  const put = (isNew: boolean, state: LabState) => {
    const { experiment, preset } = state;
    if (isNew && opens(new URL(page.location.href), experiment)) return;
    const address = followedAddress(addressFor(isNew, state), experiment, preset);
    const { href } = address;
    if (isNew) onAnother(address);
    if (href === page.location.href) return;
    if (isNew) page.history.pushState(null, '', href);
    else page.history.replaceState(null, '', href);
  };
  /** Whether the history has asked for a race, or for one whose data are missing, in whose place it is opened. */
  const isAsked = ({ experiment }: LabState, { missing }: LabState) =>
    [...asked].some((address) => opens(address, experiment) || (missing !== null && opens(address, missing)));
  const rememberReplaced = (before: LabState) => {
    // A race without a step to lose leaves the one before it to `undo`.
    const race = before.undo?.race ?? before.race;
    if (replaced?.race !== race) replaced = { race, address: own };
  };
  const follow = (now: LabState, before: LabState) => {
    // The first race is the address's own; an experiment that waits for its data still stands in it.
    if (!before.open || now.missing !== null || now.experiment === before.experiment) return;
    const isNew = now.race !== before.race;
    // Its entry is there already; that of the race before it is not the page's any more.
    if (asked.size > 0 && (!isNew || isAsked(now, before))) {
      if (isNew) rememberReplaced(before);
      return;
    }
    const isEdit = now.opening?.isEdit === true || areRepeats(now.experiment, before.experiment);
    if (!isNew || isEdit) {
      timer ??= setTimeout(() => write(false, lab.store.getState()), SETTLE_MS);
      return;
    }
    if (timer !== null) write(false, before);
    rememberReplaced(before);
    write(true, now);
  };
  lab.store.subscribe((now, before) => {
    follow(now, before);
    // The lesson and the history write addresses, too.
    if (now.opening === null && before.opening !== null) own = new URL(page.location.href);
  });
  page.addEventListener('popstate', () => {
    const address = new URL(page.location.href);
    const isAnchor = address.hash !== '' && !hasExperiment(address);
    const { backend, opening, experiment } = lab.store.getState();
    if (isAnchor || isElsewhere() || opens(address, opening?.latest.experiment ?? experiment)) return;
    if (timer !== null) clearTimeout(timer);
    timer = null;
    onAnother(address);
    asked.add(address);
    const end = () => asked.delete(address);
    lab.openLink(() => ({ ...readLink(address), backend })).then(end, end);
  });
}

/** Whether the address opens this experiment; one on earlier images is opened on the present ones. */
function opens(address: URL, experiment: Experiment): boolean {
  try {
    const link = readLink(address).experiment;
    return isEqual(link, experiment) || isEqual(onPresentImages(link), experiment);
  } catch {
    return false;
  }
}
