import { createStore, type StoreApi } from 'zustand/vanilla';
import { type Handled, handledBy } from '../race/handled.ts';
import type { LabState } from '../race/state.ts';
import {
  type Asker,
  type Inquiry,
  type InquiryResult,
  inquiryKey,
  isOfStart,
  type Listening,
  pictureIn,
} from './inquiry.ts';
import { type Answer, type InsideState, initialInside, NO_ANSWER } from './inside-state.ts';
import type { ProbeRequest } from './probes/probes.ts';
import { type Clock, Watch } from './watch.ts';

/** Runs and caches lesion studies and probes for the page's figures. A failure is stored in the answer. */
export interface Inside {
  readonly store: StoreApi<InsideState>;
  /** Keeps a probe's answer up to date until the returned function is called. A probe at step 0 runs once. */
  watch(lane: string, request: ProbeRequest, atStart?: boolean): () => void;
  /** Repeats all watched probes at once. */
  measure(): void;
  /** Runs these measurements once each, one at a time. */
  run(inquiries: readonly Inquiry[]): Handled;
  cancel(inquiries: readonly Inquiry[]): void;
  setLive(live: boolean): void;
  chooseLanes(lanes: readonly string[]): void;
  chooseBlock(lane: string, block: number): void;
}

export function createInside(lab: StoreApi<LabState>, asker: Asker, clock?: Clock): Inside {
  const store = createStore<InsideState>(() => initialInside);
  const withdraw = new Map<string, AbortController>();
  /** Counts races: an answer to a question of the race before is forgotten. */
  let race = 0;

  const update = (key: string, change: Partial<Answer>) => {
    const answers = new Map(store.getState().answers);
    answers.set(key, { ...(answers.get(key) ?? NO_ANSWER), ...change });
    store.setState({ answers });
  };

  /** Whether an answer came. */
  const ask = async (inquiry: Inquiry, controller = new AbortController()): Promise<boolean> => {
    const key = inquiryKey(inquiry);
    const asked = race;
    if (withdraw.get(key) !== controller) withdraw.get(key)?.abort();
    withdraw.set(key, controller);
    const current = () => race === asked && withdraw.get(key) === controller;
    const listening: Listening<InquiryResult> = {
      signal: controller.signal,
      onPart: (part) => current() && update(key, { now: part }),
    };
    update(key, { running: true, failure: null });
    try {
      const result =
        inquiry.kind === 'probe'
          ? await asker.probe(inquiry.lane, inquiry.request, { ...listening, atStart: isOfStart(inquiry) })
          : await asker.lesion(inquiry.lane, inquiry.request, listening);
      if (current()) update(key, { now: result });
      return true;
    } catch (error) {
      const failure = error instanceof Error ? error.message : String(error);
      if (current() && !controller.signal.aborted) update(key, { failure });
      return false;
    } finally {
      if (current()) {
        withdraw.delete(key);
        update(key, { running: false });
      }
    }
  };

  const watch = new Watch(
    lab,
    () => store.getState().live,
    (inquiry) => ask(inquiry),
    clock,
  );

  const forget = () => {
    race += 1;
    for (const controller of withdraw.values()) controller.abort();
    withdraw.clear();
    store.setState({ answers: new Map() });
    watch.forget();
  };
  /** What is not wanted any more, and would be kept for nothing. */
  const forgetOne = (key: string) => {
    withdraw.get(key)?.abort();
    withdraw.delete(key);
    const answers = new Map(store.getState().answers);
    if (answers.delete(key)) store.setState({ answers });
  };
  lab.subscribe((now, before) => {
    if (isAnotherRace(before.curves, now.curves)) forget();
    if (now.curves !== before.curves || now.training !== before.training) watch.look();
  });

  return handledBy<Inside>(asker.showFailure, {
    store,
    watch: (lane, request, atStart = false) => {
      const inquiry: Inquiry = { kind: 'probe', lane, request, atStart };
      const stop = watch.add(inquiry);
      return () => {
        if (!stop() && pictureIn(inquiry) !== null) forgetOne(inquiryKey(inquiry));
      };
    },
    measure: () => watch.refresh(),
    run: async (inquiries) => {
      const asked = race;
      const all = new AbortController();
      for (const inquiry of inquiries) update(inquiryKey(inquiry), { running: true, failure: null });
      for (const inquiry of inquiries) withdraw.set(inquiryKey(inquiry), all);
      for (const inquiry of inquiries) {
        const key = inquiryKey(inquiry);
        if (race !== asked || withdraw.get(key) !== all || all.signal.aborted) continue;
        await ask(inquiry, all);
      }
    },
    cancel: (inquiries) => {
      for (const key of inquiries.map(inquiryKey)) {
        withdraw.get(key)?.abort();
        withdraw.delete(key);
        if (store.getState().answers.has(key)) update(key, { running: false });
      }
    },
    setLive: (live) => {
      store.setState({ live });
      watch.look();
    },
    chooseLanes: (lanes) => store.setState({ lanes }),
    chooseBlock: (lane, block) => store.setState({ block: { lane, block } }),
  });
}

/** Whether a lane is gone or was set back: its column of errors then is another one that has not grown. */
function isAnotherRace(before: LabState['curves'], now: LabState['curves']): boolean {
  return [...before].some(([lane, { errors }]) => {
    const column = now.get(lane)?.errors;
    return column === undefined || (column !== errors && column.length <= errors.length);
  });
}
