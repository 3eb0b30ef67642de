import { createStore, type StoreApi } from 'zustand/vanilla';
import type { LesionRequest, LesionResult } from '../../core/results/lesion.ts';
import { phraseOf } from '../../language/sentence.ts';
import { type Handled, handledBy, type OnFailure } from '../lab/handled.ts';
import type { LabState } from '../lab/state.ts';
import { isWished } from '../lab/wished.ts';
import {
  type Inquiry,
  type InquiryResult,
  inquiryKey,
  isAtStart,
  laneOfKey,
  type Measurement,
  NOT_MEASURED,
  pictureIn,
} from './inquiry.ts';
import { type Clock, ProbeScheduler } from './probe-scheduler.ts';
import type { FigureName, ProbeRequest, ProbeResult } from './probes/probes.ts';

/** State of *Look inside*: what was measured, and what the visitor chose to see. */
export interface InsightState {
  /** By `inquiryKey`. Forgotten when another race opens, or the lane is removed or rewound. */
  readonly answers: ReadonlyMap<string, Measurement>;
  /** Names of the chosen lanes; null for the default choice. */
  readonly lanes: readonly string[] | null;
  /** The chosen block, counted from 1; null for the default choice. */
  readonly block: { readonly lane: string; readonly block: number } | null;
  /** The number of a shown test image, counted from 0, or the visitor's own image. */
  readonly image: number | 'own';
  /** Whether open figures are measured again as training goes on. */
  readonly live: boolean;
  /** The figures that are open, which are the only ones to be measured. */
  readonly open: readonly FigureName[];
  /** The figure that stands beside the curves; null for the default figure there. */
  readonly pinned: FigureName | null;
  /** The view of that figure, where it has several; null for its first. */
  readonly pinnedView: string | null;
}

const INITIAL: InsightState = {
  answers: new Map(),
  lanes: null,
  block: null,
  image: 0,
  live: true,
  open: [],
  pinned: null,
  pinnedView: null,
};

/** Cancellation and partial results of a measurement. */
export interface MeasureOptions<Result> {
  readonly signal: AbortSignal;
  readonly onProgress: (part: Result) => void;
}

/** Runs measurements in the worker. They reject with an error whose message is a sentence for the page. */
export interface InsightWorker {
  readonly showFailure: OnFailure;
  probe(
    lane: string,
    request: ProbeRequest,
    options: MeasureOptions<ProbeResult> & { readonly atStart: boolean },
  ): PromiseLike<ProbeResult>;
  lesion(lane: string, request: LesionRequest, options: MeasureOptions<LesionResult>): PromiseLike<LesionResult>;
}

/** Runs and caches probes and lesion studies for the figures of *Look inside*. A failure is stored in the answer. */
export interface InsightClient {
  readonly store: StoreApi<InsightState>;
  /** Keeps a probe's answer up to date until the returned function is called. A probe at step 0 runs once. */
  watch(lane: string, request: ProbeRequest, atStart?: boolean): () => void;
  /** Repeats all watched probes at once. */
  measure(): void;
  /** Runs these measurements once each, one at a time. */
  run(inquiries: readonly Inquiry[]): Handled;
  cancel(inquiries: readonly Inquiry[]): void;
  setLive(live: boolean): void;
  openFigure(name: FigureName): void;
  closeFigure(name: FigureName): void;
  /** Puts a figure beside the curves, in one of its views; null takes it away. */
  pin(name: FigureName | null, view?: string | null): void;
  chooseLanes(lanes: readonly string[]): void;
  chooseImage(image: InsightState['image']): void;
  /** Chooses the block whose feature maps are shown, and opens their figure. */
  chooseBlock(lane: string, block: number): void;
}

export function createInsightClient(lab: StoreApi<LabState>, worker: InsightWorker, clock?: Clock): InsightClient {
  const store = createStore<InsightState>(() => INITIAL);
  const { getState, setState } = store;
  const controllers = new Map<string, AbortController>();

  const update = (key: string, change: Partial<Measurement>) => {
    const answers = new Map(getState().answers);
    answers.set(key, { ...(answers.get(key) ?? NOT_MEASURED), ...change });
    setState({ answers });
  };

  /**
   * Asks the worker. It withdraws its questions before it opens a race: where that is refused, the race before stands, and the
   * question is asked again. Where another opens, the page withdraws the question itself.
   */
  const ask = async (inquiry: Inquiry, options: MeasureOptions<InquiryResult>): Promise<InquiryResult> => {
    for (;;) {
      try {
        return inquiry.type === 'probe'
          ? await worker.probe(inquiry.lane, inquiry.request, { ...options, atStart: isAtStart(inquiry) })
          : await worker.lesion(inquiry.lane, inquiry.request, options);
      } catch (error) {
        if (options.signal.aborted || !isWished(error)) throw error;
      }
    }
  };

  /** Runs a measurement and stores its answer. Resolves with whether it succeeded. */
  const measure = async (inquiry: Inquiry, controller = new AbortController()): Promise<boolean> => {
    const key = inquiryKey(inquiry);
    if (controllers.get(key) !== controller) controllers.get(key)?.abort();
    controllers.set(key, controller);
    // Neither asked again meanwhile, nor forgotten.
    const isCurrent = () => controllers.get(key) === controller;
    const options: MeasureOptions<InquiryResult> = {
      signal: controller.signal,
      onProgress: (part) => isCurrent() && update(key, { now: part }),
    };
    update(key, { running: true, whole: false, failure: null });
    try {
      const result = await ask(inquiry, options);
      if (isCurrent()) update(key, { now: result, whole: true });
      return true;
    } catch (error) {
      const failure = phraseOf(error);
      if (isCurrent() && !controller.signal.aborted) update(key, { failure });
      return false;
    } finally {
      if (isCurrent()) {
        controllers.delete(key);
        update(key, { running: false });
      }
    }
  };

  const scheduler = new ProbeScheduler(
    lab,
    () => getState().live,
    (inquiry) => measure(inquiry),
    clock,
  );

  const forget = (keys: readonly string[]) => {
    const answers = new Map(getState().answers);
    for (const key of keys) {
      answers.delete(key);
      const controller = controllers.get(key);
      controllers.delete(key);
      // A study goes on with its other nets.
      if (controller !== undefined && ![...controllers.values()].includes(controller)) controller.abort();
    }
    if (answers.size < getState().answers.size) setState({ answers });
  };
  const forgetLanes = (isOutdated: (lane: string) => boolean) => {
    forget([...getState().answers.keys()].filter((key) => isOutdated(laneOfKey(key))));
    scheduler.reset(isOutdated);
  };
  lab.subscribe((now, before) => {
    const undone = undoneLanes(before.curves, now.curves);
    if (now.race !== before.race) forgetLanes(() => true);
    else if (undone.length > 0) forgetLanes((lane) => undone.includes(lane));
    if (now.curves !== before.curves || now.training !== before.training) scheduler.schedule();
  });

  const openFigure = (name: FigureName) => {
    const { open } = getState();
    if (!open.includes(name)) setState({ open: [...open, name] });
  };

  return handledBy<InsightClient>(worker.showFailure, {
    store,
    watch: (lane, request, atStart = false) => {
      const inquiry: Inquiry = { type: 'probe', lane, request, atStart };
      const stop = scheduler.watch(inquiry);
      return () => {
        if (!stop() && pictureIn(inquiry) !== null) forget([inquiryKey(inquiry)]);
      };
    },
    measure: () => scheduler.refresh(),
    run: async (inquiries) => {
      const all = new AbortController();
      for (const key of inquiries.map(inquiryKey)) {
        update(key, { running: true, whole: false, failure: null });
        controllers.set(key, all);
      }
      for (const inquiry of inquiries) {
        const key = inquiryKey(inquiry);
        if (controllers.get(key) !== all) continue;
        if (all.signal.aborted) {
          // Cancelled with others, and not by its own name.
          controllers.delete(key);
          update(key, { running: false });
        } else await measure(inquiry, all);
      }
    },
    cancel: (inquiries) => {
      for (const key of inquiries.map(inquiryKey)) {
        controllers.get(key)?.abort();
        controllers.delete(key);
        if (getState().answers.has(key)) update(key, { running: false });
      }
    },
    setLive: (live) => {
      setState({ live });
      scheduler.schedule();
    },
    openFigure,
    closeFigure: (name) => setState(({ open }) => ({ open: open.filter((each) => each !== name) })),
    pin: (pinned, pinnedView = null) => setState({ pinned, pinnedView }),
    chooseLanes: (lanes) => setState({ lanes }),
    chooseImage: (image) => setState({ image }),
    chooseBlock: (lane, block) => {
      setState({ block: { lane, block } });
      openFigure('features');
    },
  });
}

/** The lanes that are gone or were rewound: the error curve of the latter is another array that has not grown. */
function undoneLanes(before: LabState['curves'], now: LabState['curves']): readonly string[] {
  if (now === before) return [];
  return [...before].flatMap(([lane, { errors }]) => {
    const column = now.get(lane)?.errors;
    return column === undefined || (column !== errors && column.length <= errors.length) ? [lane] : [];
  });
}
