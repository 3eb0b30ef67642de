import type { Locks } from '../../workers/liveness.ts';
import type { Lab } from './lab.ts';
import type { LabState } from './state.ts';

/**
 * What a tab needs the cores for, the first served first: in front, the race that is being opened and then the one that
 * is trained; the same in a hidden tab.
 */
export const PRECEDENCE = ['opens-in-front', 'trains-in-front', 'opens-hidden', 'trains-hidden'] as const;
export type Need = (typeof PRECEDENCE)[number];

/**
 * The share of the time in which a tab trains while another one precedes it. It is above 0, so that no training stands
 * still, and small, so that several of them leave most of two cores. Opening a race is soon over, and a person waits for it.
 */
const DUTY_CYCLES = {
  'opens-in-front': 0.03,
  'trains-in-front': 0.1,
  'opens-hidden': 0.1,
  'trains-hidden': 1,
} as const satisfies Record<Need, number>;

/** Milliseconds after which opening a race or the page no longer precedes: it then waits for the network or for a person. */
export const LONGEST_OPENING = 20_000;

/** The need of a tab; null where it needs nothing, so that hidden tabs train at full speed beside it. */
export function needOf({ opening, training }: Pick<LabState, 'opening' | 'training'>, hidden: boolean): Need | null {
  if (opening !== null) return hidden ? 'opens-hidden' : 'opens-in-front';
  if (training) return hidden ? 'trains-hidden' : 'trains-in-front';
  return null;
}

/** The first of the other tabs' needs that precedes this tab's; null where none does. Equals share by the system's scheduler. */
export function precedingNeed(own: Need, others: readonly Need[]): Need | null {
  return PRECEDENCE.slice(0, PRECEDENCE.indexOf(own)).find((need) => others.includes(need)) ?? null;
}

/** The share of the time in which a tab trains that is preceded by this need, or by none. */
export function dutyCycleBehind(need: Need | null): number {
  return need === null ? 1 : DUTY_CYCLES[need];
}

/** The Web Locks by which tabs tell their needs: a browser frees those of a tab that is closed or crashes. */
export type NeedLocks = Locks & Pick<LockManager, 'query'>;

/** Tells the other tabs that a need has begun, and hears when one of theirs has. */
export interface NeedChannel extends Pick<BroadcastChannel, 'postMessage'> {
  addEventListener(type: 'message', listen: () => void): void;
}

/** The document, which knows whether it is seen. */
type Visibility = Pick<Document, 'visibilityState'> & {
  addEventListener(type: 'visibilitychange', listen: () => void): void;
};

const PREFIX = 'resnet-playground-needs';

/** How this tab and the others tell each other their needs. */
export interface OtherTabs {
  readonly locks: NeedLocks;
  readonly channel: NeedChannel;
}

/** Null where there are no locks, and where site data is blocked: Firefox then throws instead of giving a channel. */
export function otherTabs(): OtherTabs | null {
  if (!('locks' in navigator)) return null;
  try {
    return { locks: navigator.locks, channel: new BroadcastChannel(PREFIX) };
  } catch {
    return null;
  }
}

/** Tells the other tabs of a need, until the function that it returns is called. */
export function announce(need: Need, id: string, { locks, channel }: OtherTabs): () => void {
  let end = () => {};
  const ended = new Promise<void>((resolve) => {
    end = resolve;
  });
  const granted = () => {
    channel.postMessage(need);
    return ended;
  };
  locks.request(`${PREFIX}/${need}/${id}`, granted).catch(() => {});
  return end;
}

/**
 * Tabs of the site that train at the same time take turns. Each holds a lock named after its need while it has one; one that
 * is preceded trains a small share of the time until the lock of the other is free. Nothing polls, and no tab has to answer.
 */
export function takeTurnsWithTabs(
  lab: Pick<Lab, 'store' | 'setDutyCycle'>,
  id: string,
  tabs: OtherTabs,
  visibility: Visibility,
): void {
  const { locks, channel } = tabs;
  let need: Need | null = null;
  let free = () => {};
  let watch = new AbortController();
  let isLong = false;
  let timer: ReturnType<typeof setTimeout> | undefined;

  /** Looks who precedes this tab, and again once that tab is done. */
  const review = async () => {
    watch.abort();
    watch = new AbortController();
    const { signal } = watch;
    const held = need === null ? [] : ((await locks.query()).held ?? []);
    if (signal.aborted) return;
    // Tabs that have waited for one hold its lock for a moment, shared.
    const exclusive = held.flatMap(({ name = '', mode }) => (mode === 'exclusive' ? [name] : []));
    const preceding = need && precedingTab(need, id, exclusive);
    const dutyCycle = dutyCycleBehind(preceding?.need ?? null);
    if (dutyCycle !== lab.store.getState().dutyCycle) lab.setDutyCycle(dutyCycle);
    if (preceding === null) return;
    // Shared: several tabs may wait for the one.
    locks.request(preceding.lock, { mode: 'shared', signal }, () => {}).then(attempt, () => {});
  };
  // A browser that refuses locks, as some do in private windows, trains every tab at full speed.
  const attempt = () => {
    review().catch(() => {});
  };

  const change = (next: Need | null) => {
    if (next === need) return;
    need = next;
    free();
    free = next === null ? () => {} : announce(next, id, tabs);
    attempt();
  };
  const update = () => {
    const { opening, training } = lab.store.getState();
    if (opening === null) {
      clearTimeout(timer);
      [timer, isLong] = [undefined, false];
    } else if (timer === undefined) {
      timer = setTimeout(() => {
        isLong = true;
        update();
      }, LONGEST_OPENING);
    }
    change(needOf({ opening: isLong ? null : opening, training }, visibility.visibilityState === 'hidden'));
  };

  channel.addEventListener('message', attempt);
  visibility.addEventListener('visibilitychange', update);
  lab.store.subscribe(update);
  update();
}

/** The lock of a tab that precedes the tab `id`, whose need is `own`; null where none does. */
function precedingTab(
  own: Need,
  id: string,
  held: readonly string[],
): { readonly need: Need; readonly lock: string } | null {
  const others = held.filter((name) => name.startsWith(`${PREFIX}/`) && !name.endsWith(`/${id}`));
  const of = (need: Need) => others.find((name) => name.startsWith(`${PREFIX}/${need}/`)) ?? null;
  const need = precedingNeed(
    own,
    PRECEDENCE.filter((each) => of(each) !== null),
  );
  const lock = need && of(need);
  return need === null || lock === null ? null : { need, lock };
}
