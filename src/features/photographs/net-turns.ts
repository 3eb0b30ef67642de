import type { StoreApi } from 'zustand/vanilla';
import type { PhotoAnswer, PhotoBatch } from '../../core/data/photographs.ts';
import type { LoadProgress } from '../../core/data/pretrained.ts';
import type { BackendChoice } from '../../core/experiment/device.ts';
import { sentence } from '../../language/sentence.ts';
import type { InferenceApi } from '../../workers/inference/api.ts';
import type { Client } from '../../workers/rpc.ts';
import { failurePhrase } from '../lab/handled.ts';
import { isWished } from '../lab/wished.ts';
import { chosen, type NetRun, type PhotographsState } from './state.ts';

/** Milliseconds between answers that are put into the state: with each, the page computes its figures again. */
const STATE_EVERY = 300;

/** The turns of the nets that classify photographs. What they answer, and what fails, is told in the state. */
export interface NetTurns {
  /**
   * Has a net classify the photographs that it has not classified. Where its device is lost, it is loaded again once and
   * goes on. Rejects where `run` is aborted.
   */
  take(name: string, run: AbortSignal): Promise<void>;
  /** Has the net whose turn it is heed how many photographs are used now, and whether it takes part. */
  reconsider(): void;
}

/** Options of `createNetTurns`. */
export interface NetTurnsOptions {
  readonly backend: () => BackendChoice;
  /** Whether the weights of a net may be downloaded. */
  readonly mayFetch: (name: string) => boolean;
  /** Called when the browser keeps a net's weights: where they are deleted after that, they are not downloaded again. */
  readonly onKept: (name: string) => void;
  /** Called after weights were asked for that are no person's file, also where the download was paused or broke off. */
  readonly onFetched: () => void;
}

export function createNetTurns(
  client: Client<InferenceApi>,
  { getState, setState }: StoreApi<PhotographsState>,
  { backend, mayFetch, onKept, onFetched }: NetTurnsOptions,
): NetTurns {
  let asking = new AbortController();
  /** The signal of one call: aborted with the run, and before where other things are to be asked of the net. */
  const callWithin = (run: AbortSignal): AbortSignal => {
    const call = new AbortController();
    asking = call;
    if (run.aborted) call.abort();
    run.addEventListener('abort', () => call.abort(), { once: true, signal: call.signal });
    return call.signal;
  };
  const isOff = (name: string) => getState().switched.get(name) === false;
  const update = (name: string, change: (run: NetRun) => Partial<NetRun>) => {
    const { runs } = getState();
    const run = runs.get(name) ?? {
      name,
      answers: [],
      done: 0,
      milliseconds: 0,
      classes: 0,
      problem: null,
      unkept: null,
    };
    setState({ runs: new Map(runs).set(name, { ...run, ...change(run) }) });
  };
  const openOf = (name: string): readonly number[] => {
    const { runs, unread, missed } = getState();
    const isAnswered = new Set(runs.get(name)?.answers.map(({ photo }) => photo));
    return chosen(getState()).filter((photo) => !isAnswered.has(photo) && !unread.has(photo) && !missed.has(photo));
  };

  /** Classifies what is open; resolves with false where something else is to be classified instead. */
  const classifyOpen = async (name: string, run: AbortSignal): Promise<boolean> => {
    const photos = openOf(name);
    if (photos.length === 0) return true;
    const signal = callWithin(run);
    const answers: PhotoAnswer[] = [...(getState().runs.get(name)?.answers ?? [])];
    let waiting: PhotoBatch[] = [];
    let lastAt = Number.NEGATIVE_INFINITY;
    const tell = () => {
      if (waiting.length === 0) return;
      const [unread, missed] = [new Map(getState().unread), new Map(getState().missed)];
      let milliseconds = 0;
      for (const batch of waiting) {
        answers.push(...batch.answers);
        for (const { photo, reason, isForNow } of batch.unread) (isForNow ? missed : unread).set(photo, reason);
        milliseconds += batch.milliseconds;
      }
      waiting = [];
      lastAt = performance.now();
      if (unread.size > getState().unread.size || missed.size > getState().missed.size) setState({ unread, missed });
      update(name, (before) => ({ answers, done: answers.length, milliseconds: before.milliseconds + milliseconds }));
    };
    // What has come until then counts at once: the next call begins with what is open.
    signal.addEventListener('abort', tell);
    const onProgress = (batch: PhotoBatch) => {
      if (signal.aborted) return;
      waiting.push(batch);
      if (performance.now() - lastAt >= STATE_EVERY) tell();
    };
    try {
      await client.call('classifyPhotos', { photos }, { signal, onProgress });
      return true;
    } catch (error) {
      if (run.aborted || !signal.aborted || isOff(name)) throw error;
      return false;
    } finally {
      tell();
    }
  };

  const classify = async (name: string, run: AbortSignal) => {
    const { set, weights } = getState();
    if (set === null || isOff(name)) return;
    update(name, () => ({ problem: null }));
    if (openOf(name).length === 0) return;
    const file = weights.get(name) ?? null;
    const stage = file === null ? 'fetching' : 'reading';
    setState({ activity: { type: 'loading', net: name, progress: { stage, fraction: 0 } } });
    const weightsOf = { file: file?.blob ?? null, name: file?.name ?? name, fetches: mayFetch(name) };
    const request = { net: name, ...weightsOf, backend: backend() };
    const signal = callWithin(run);
    const onProgress = (progress: LoadProgress) => {
      if (!signal.aborted) setState({ activity: { type: 'loading', net: name, progress } });
    };
    const { classes, unkept } = await client.call('load', request, { signal, onProgress }).finally(() => {
      // A download that was paused or broke off is kept as far as it came; what was deleted in another tab is not here.
      if (file === null) onFetched();
    });
    if (file === null && unkept === null) onKept(name);
    update(name, () => ({ unkept, classes }));
    // Labels that are numbers name outputs, and a person's photographs may have none of the last ones.
    const mayLackLabels = file !== null && set.classes.every(({ names }) => names.length === 0);
    if (mayLackLabels ? classes < set.classes.length : classes !== set.classes.length) {
      const problem = sentence('photographs.otherClasses', { own: classes, classes: set.classes.length });
      return update(name, () => ({ problem }));
    }
    setState({ activity: { type: 'classifying', net: name } });
    let isDone = false;
    while (!isDone) isDone = await classifyOpen(name, run);
  };

  return {
    take: async (name, run) => {
      const attempt = () => classify(name, run);
      try {
        await attempt().catch((error: unknown) => {
          if (!(error instanceof Error && error.name === 'DeviceLostError')) throw error;
          return attempt();
        });
      } catch (error) {
        if (run.aborted) throw error;
        if (!isWished(error)) update(name, () => ({ problem: failurePhrase(error) }));
        // Else it was switched off.
        else if (!isOff(name)) throw error;
      }
    },
    reconsider: () => {
      const { activity } = getState();
      if (activity === null || activity.type === 'listing') return;
      // A net that is loading has not been told which photographs.
      if (activity.type === 'classifying' || isOff(activity.net)) asking.abort();
    },
  };
}
