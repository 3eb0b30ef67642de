import { afterEach, beforeEach, describe, expect, test, vi } from 'vitest';
import { createStore } from 'zustand/vanilla';
import { PRESETS } from '../../core/experiment/presets.ts';
import { Handled } from './handled.ts';
import { initialState, type LabState } from './state.ts';
import {
  dutyCycleBehind,
  type NeedLocks,
  needOf,
  otherTabs,
  PRECEDENCE,
  precedingNeed,
  takeTurnsWithTabs,
} from './tabs.ts';

const OPENING: LabState['opening'] = {
  requests: 1,
  latest: { experiment: PRESETS.tiny, backend: 'wasm' },
  plan: [],
  isEdit: false,
  isResumed: false,
  typedUntil: null,
};

describe('the rule', () => {
  test('a tab needs the cores while it opens a race or trains one', () => {
    expect(needOf({ opening: null, training: false }, false)).toBeNull();
    expect(needOf({ opening: null, training: true }, false)).toBe('trains-in-front');
    expect(needOf({ opening: OPENING, training: true }, false)).toBe('opens-in-front');
    expect(needOf({ opening: null, training: true }, true)).toBe('trains-hidden');
    expect(needOf({ opening: OPENING, training: false }, true)).toBe('opens-hidden');
  });

  test('the tab in front precedes hidden ones, and opening precedes training', () => {
    expect(precedingNeed('trains-hidden', ['trains-hidden', 'trains-in-front'])).toBe('trains-in-front');
    expect(precedingNeed('trains-hidden', ['trains-in-front', 'opens-in-front'])).toBe('opens-in-front');
    expect(precedingNeed('trains-in-front', ['opens-hidden', 'trains-hidden'])).toBeNull();
    expect(precedingNeed('trains-in-front', ['opens-in-front'])).toBe('opens-in-front');
  });

  test('among any needs one is preceded by none, and equals by none of each other', () => {
    for (const first of PRECEDENCE) {
      expect(precedingNeed(first, [first])).toBeNull();
      for (const second of PRECEDENCE) {
        const yielding = [precedingNeed(first, [second]), precedingNeed(second, [first])];
        expect(yielding.filter((need) => need !== null)).toHaveLength(first === second ? 0 : 1);
      }
    }
  });
});

interface HeldLock {
  readonly name: string;
  readonly mode: LockMode;
  readonly tab: string;
  readonly end: () => void;
}

test('no share of the time is nothing, and the smallest is that behind what opens in front', () => {
  const shares = PRECEDENCE.map(dutyCycleBehind);
  expect(Math.min(...shares)).toBeGreaterThan(0);
  expect(shares[0]).toBe(Math.min(...shares));
  expect(dutyCycleBehind(null)).toBe(1);
});

describe('a browser that refuses', () => {
  afterEach(() => {
    vi.unstubAllGlobals();
  });

  test('has no other tabs: without locks, and where a channel throws', () => {
    vi.stubGlobal('navigator', {});
    expect(otherTabs()).toBeNull();
    const channels = class {
      constructor(readonly name: string) {}
      postMessage() {}
      addEventListener() {}
    };
    vi.stubGlobal('navigator', { locks: {} });
    vi.stubGlobal('BroadcastChannel', channels);
    expect(otherTabs()?.channel).toBeInstanceOf(channels);
    const refusing = class {
      constructor() {
        throw new DOMException('The operation is insecure.', 'SecurityError');
      }
    };
    vi.stubGlobal('BroadcastChannel', refusing);
    expect(otherTabs()).toBeNull();
  });
});

/** Web Locks of one browser, whose tabs may crash. */
class BrowserLocks {
  #held: readonly HeldLock[] = [];
  #waiting: (() => void)[] = [];

  of(tab: string): NeedLocks {
    const request = async (
      name: string,
      ...rest: [LockGrantedCallback<unknown>] | [LockOptions, LockGrantedCallback<unknown>]
    ): Promise<unknown> => {
      const [{ mode = 'exclusive', signal = undefined }, granted] = rest.length === 1 ? [{}, rest[0]] : rest;
      const isFree = (lock: HeldLock) => lock.name !== name || (lock.mode === 'shared' && mode === 'shared');
      while (!this.#held.every(isFree)) {
        await new Promise<void>((resolve) => this.#waiting.push(resolve));
        signal?.throwIfAborted();
      }
      let end = () => {};
      const crashed = new Promise<void>((resolve) => {
        end = resolve;
      });
      const lock = { name, mode, tab, end };
      this.#held = [...this.#held, lock];
      const result = await Promise.race([granted({ name, mode }), crashed]);
      this.#release((each) => each === lock);
      return result;
    };
    const query = async () => ({ held: this.#held.map(({ name, mode }) => ({ name, mode })), pending: [] });
    return { request, query };
  }

  crash(tab: string): void {
    for (const { end } of this.#held.filter((lock) => lock.tab === tab)) end();
    this.#release((lock) => lock.tab === tab);
  }

  #release(which: (lock: HeldLock) => boolean): void {
    this.#held = this.#held.filter((lock) => !which(lock));
    for (const again of this.#waiting.splice(0)) again();
  }
}

describe('tabs', () => {
  let locks: BrowserLocks;
  let hearers: { readonly tab: string; readonly hear: () => void }[];
  afterEach(() => {
    vi.useRealTimers();
  });

  beforeEach(() => {
    locks = new BrowserLocks();
    hearers = [];
  });

  class Seen extends EventTarget {
    visibilityState: DocumentVisibilityState = 'visible';
  }

  class Tab {
    readonly id: string;
    readonly store = createStore<LabState>(() => initialState);
    readonly document = new Seen();

    constructor(id: string) {
      this.id = id;
      const setDutyCycle = (dutyCycle: number) => {
        this.store.setState({ dutyCycle });
        return new Handled(Promise.resolve(), () => {});
      };
      const channel = {
        postMessage: () => {
          for (const { tab, hear } of hearers) if (tab !== id) hear();
        },
        addEventListener: (_: 'message', hear: () => void) => {
          hearers.push({ tab: id, hear });
        },
      };
      takeTurnsWithTabs({ store: this.store, setDutyCycle }, id, { locks: locks.of(id), channel }, this.document);
    }

    train(training = true): this {
      this.store.setState({ training });
      return this;
    }

    show(visibilityState: DocumentVisibilityState): this {
      this.document.visibilityState = visibilityState;
      this.document.dispatchEvent(new Event('visibilitychange'));
      return this;
    }

    yields(): Promise<void> {
      return vi.waitFor(() => expect(this.store.getState().dutyCycle).toBeLessThan(1));
    }

    trainsAlways(): Promise<void> {
      return vi.waitFor(() => expect(this.store.getState().dutyCycle).toBe(1));
    }
  }

  test('a hidden tab yields while the one in front trains, and no longer', async () => {
    const hidden = new Tab('a').show('hidden').train();
    const front = new Tab('b').train();
    await hidden.yields();
    await front.trainsAlways();
    front.train(false);
    await hidden.trainsAlways();
  });

  test('the tab that comes to the front is served first from then on', async () => {
    const [one, two] = [new Tab('a').train(), new Tab('b').show('hidden').train()];
    await two.yields();
    one.show('hidden');
    await two.trainsAlways();
    two.show('visible');
    await one.yields();
    await two.trainsAlways();
  });

  test('all yield to a tab that opens a race in front, until it stands', async () => {
    const others = [new Tab('a').train(), new Tab('b').show('hidden').train()];
    const opening = new Tab('c');
    opening.store.setState({ opening: OPENING });
    for (const tab of others) await tab.yields();
    opening.store.setState({ opening: null });
    await others[0]?.trainsAlways();
    await others[1]?.yields();
  });

  test('a tab that crashes is waited for no longer', async () => {
    const hidden = new Tab('a').show('hidden').train();
    new Tab('b').train();
    await hidden.yields();
    locks.crash('b');
    await hidden.trainsAlways();
  });

  test('a race that is long in opening, as where data is missing, is waited for no longer', async () => {
    vi.useFakeTimers({ toFake: ['setTimeout', 'clearTimeout'] });
    const training = new Tab('a').train();
    new Tab('b').store.setState({ opening: OPENING });
    await vi.advanceTimersByTimeAsync(1000);
    expect(training.store.getState().dutyCycle).toBe(dutyCycleBehind('opens-in-front'));
    await vi.advanceTimersByTimeAsync(30_000);
    expect(training.store.getState().dutyCycle).toBe(1);
  });
});
