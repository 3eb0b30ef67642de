import { createStore, type StoreApi } from 'zustand/vanilla';
import type { PhotoAnswer, PhotoBatch, PhotoClass, PhotoSet, Thumbnail } from '../../core/data/photographs.ts';
import { type LoadProgress, PRETRAINED } from '../../core/data/pretrained.ts';
import type { BackendChoice } from '../../core/experiment/device.ts';
import { type Phrase, sentence } from '../../language/sentence.ts';
import type { InferenceApi } from '../../workers/inference/api.ts';
import type { WorkerEnd } from '../../workers/liveness.ts';
import type { Supervised, WorkerError } from '../../workers/supervisor.ts';
import { failurePhrase, type Handled, handledBy } from '../race/handled.ts';

/** A file and its path in the folder that was given. */
export interface PhotoFile {
  readonly path: string;
  readonly blob: Blob;
}

/** What one net has said of the photographs so far. */
export interface NetRun {
  readonly name: string;
  /** Grows in place; `done` counts the photographs that are answered. */
  readonly answers: readonly PhotoAnswer[];
  readonly done: number;
  readonly milliseconds: number;
  /** Why the net was given up; null where it was not. */
  readonly problem: Phrase | null;
}

/** What the run is doing: nothing, loading a net's weights, or classifying. */
export type Activity =
  | { readonly type: 'loading'; readonly net: string; readonly progress: LoadProgress }
  | { readonly type: 'classifying'; readonly net: string };

export interface PhotographsState {
  /** Photographs found so far while files are listed; null while none are. */
  readonly listing: number | null;
  readonly set: PhotoSet | null;
  /** How many of the photographs are used, evenly spread over the list; all where there are fewer. */
  readonly most: number;
  /** Weights files that a person gave, by net. */
  readonly weights: ReadonlyMap<string, { readonly name: string; readonly blob: Blob }>;
  /** Names of weights files that hold none of the nets. */
  readonly unrecognised: readonly string[];
  /** Nets that are left out, or taken in although their weights must be downloaded. */
  readonly switched: ReadonlyMap<string, boolean>;
  readonly runs: ReadonlyMap<string, NetRun>;
  /** Photographs that cannot be decoded, and why. */
  readonly unread: ReadonlyMap<number, Phrase>;
  readonly activity: Activity | null;
  readonly failure: Phrase | null;
}

/** Photographs that one net after the other classifies. What fails is told in the state. */
export interface ManyPhotographs {
  readonly store: StoreApi<PhotographsState>;
  /** Lists the photographs in files; `classes` is null where the labels themselves are the classes. */
  open(files: readonly PhotoFile[], classes: readonly PhotoClass[] | null): Handled;
  use(most: number): void;
  addWeights(files: readonly PhotoFile[]): Handled;
  /** Takes a net in, or leaves it out. */
  switchNet(net: string, on: boolean): void;
  /** Has the nets of these names classify the photographs that they have not classified, one net after the other. */
  run(nets: readonly string[]): Handled;
  pause(): void;
  thumbnails(photos: readonly number[]): Promise<readonly Thumbnail[]>;
  /** Forgets photographs and answers and gives back all memory. */
  clear(): void;
}

/** How many photographs are used unless a person chooses. */
const USUAL_MOST = 1000;

const NOTHING = {
  ...{ listing: null, set: null, runs: new Map(), unread: new Map(), activity: null, failure: null },
  ...{ most: USUAL_MOST, unrecognised: [] },
} as const;

/** Errors that are a person's wish. */
const WISHED = ['Released', 'Withdrawn'];

export function createPhotographs(
  start: (onEnd: (end: WorkerEnd, error: WorkerError) => void) => Supervised<InferenceApi>,
  backend: () => BackendChoice,
  /** Called after weights were downloaded. */
  onFetched: () => void,
): ManyPhotographs {
  const store = createStore<PhotographsState>(() => ({
    ...NOTHING,
    ...{ weights: new Map(), switched: new Map() },
  }));
  const { getState, setState } = store;
  let source: { readonly files: readonly PhotoFile[]; readonly classes: readonly PhotoClass[] | null } | null = null;
  /** Whether the worker has the list; one that ended has lost it. */
  let isListed = false;
  let running = new AbortController();
  const client = start((_, { sentence: said }) => {
    isListed = false;
    running.abort();
    setState({ listing: null, activity: null, failure: said });
  });

  const showFailure = (failure: unknown) => {
    if (!(failure instanceof Error && WISHED.includes(failure.name))) setState({ failure: failurePhrase(failure) });
  };
  const list = async () => {
    if (source === null) throw new NoPhotographsError();
    const { signal } = running;
    const set = await client.call('openPhotos', source, {
      signal,
      onProgress: (listing) => getState().listing !== null && setState({ listing }),
    });
    isListed = true;
    return set;
  };
  const update = (name: string, change: (run: NetRun) => Partial<NetRun>) => {
    const { runs } = getState();
    const run = runs.get(name) ?? { name, answers: [], done: 0, milliseconds: 0, problem: null };
    setState({ runs: new Map(runs).set(name, { ...run, ...change(run) }) });
  };

  const classify = async (name: string, signal: AbortSignal) => {
    const { set, weights } = getState();
    if (set === null) return;
    const answers: PhotoAnswer[] = [...(getState().runs.get(name)?.answers ?? [])];
    const isAnswered = new Set(answers.map(({ photo }) => photo));
    const open = chosen(getState()).filter((photo) => !isAnswered.has(photo) && !getState().unread.has(photo));
    update(name, () => ({ answers, problem: null }));
    if (open.length === 0) return;
    const file = weights.get(name) ?? null;
    const stage = file === null ? 'fetching' : 'reading';
    setState({ activity: { type: 'loading', net: name, progress: { stage, fraction: 0 } } });
    const request = { net: name, file: file?.blob ?? null, name: file?.name ?? name, backend: backend() };
    const onLoading = (progress: LoadProgress) => {
      if (!signal.aborted) setState({ activity: { type: 'loading', net: name, progress } });
    };
    const { classes } = await client.call('load', request, { signal, onProgress: onLoading });
    if (file === null) onFetched();
    if (classes !== set.classes.length) {
      const problem = sentence('photographs.otherClasses', { own: classes, classes: set.classes.length });
      return update(name, () => ({ problem }));
    }
    setState({ activity: { type: 'classifying', net: name } });
    const onBatch = ({ answers: more, unread, milliseconds }: PhotoBatch) => {
      if (signal.aborted) return;
      answers.push(...more);
      if (unread.length > 0) {
        const all = new Map(getState().unread);
        for (const { photo, reason } of unread) all.set(photo, reason);
        setState({ unread: all });
      }
      update(name, (run) => ({ done: answers.length, milliseconds: run.milliseconds + milliseconds }));
    };
    await client.call('classifyPhotos', { photos: open }, { signal, onProgress: onBatch });
  };

  /** One net's turn. Where its device is lost, it is loaded again once and goes on; other faults are told of the net. */
  const takeTurn = async (name: string, signal: AbortSignal) => {
    const attempt = () => classify(name, signal);
    const isLost = (error: unknown) => error instanceof Error && error.name === 'DeviceLostError';
    try {
      await attempt().catch((error: unknown) => {
        if (!isLost(error)) throw error;
        return attempt();
      });
    } catch (error) {
      if (signal.aborted || (error instanceof Error && WISHED.includes(error.name))) throw error;
      update(name, () => ({ problem: failurePhrase(error) }));
    }
  };

  const stop = () => {
    running.abort();
    setState({ activity: null });
  };
  const forget = () => {
    running.abort();
    client.end(new ReleasedError());
    isListed = false;
    setState(NOTHING);
  };
  return {
    thumbnails: (photos) => (isListed ? client.call('thumbnails', { photos }) : Promise.resolve([])),
    ...handledBy<Omit<ManyPhotographs, 'thumbnails'>>(showFailure, {
      store,
      open: async (files, classes) => {
        forget();
        running = new AbortController();
        const given = { files, classes };
        source = given;
        setState({ listing: 0 });
        try {
          setState({ set: await list() });
        } finally {
          // Others may have been given meanwhile.
          if (source === given) setState({ listing: null });
        }
      },
      use: (most) => setState({ most }),
      addWeights: async (files) => {
        setState({ unrecognised: [] });
        for (const { path: name, blob } of files) {
          const net = await client.call('recogniseWeights', { file: blob, name }).catch((error: unknown) => {
            showFailure(error);
            return null;
          });
          const { weights, unrecognised, switched, runs } = getState();
          if (net === null) {
            setState({ unrecognised: [...unrecognised, name] });
            continue;
          }
          // Answers of other weights are another net's, and so are those that it is giving.
          if (getState().activity?.net === net) stop();
          const others = new Map(runs);
          others.delete(net);
          setState({
            weights: new Map(weights).set(net, { name, blob }),
            switched: new Map(switched).set(net, true),
            runs: others,
          });
        }
      },
      switchNet: (net, on) => setState({ switched: new Map(getState().switched).set(net, on) }),
      run: async (nets) => {
        running.abort();
        running = new AbortController();
        const { signal } = running;
        setState({ failure: null });
        try {
          if (!isListed) await list();
          for (const { name } of PRETRAINED) if (nets.includes(name)) await takeTurn(name, signal);
          await client.call('unload');
        } finally {
          if (running.signal === signal) setState({ activity: null });
        }
      },
      pause: stop,
      clear: () => {
        source = null;
        forget();
      },
    }),
  };
}

/** What a net has said of the photographs that are used: of more, where they were more before. */
export function answersOn(wanted: ReadonlySet<number>, { answers }: NetRun): readonly PhotoAnswer[] {
  return answers.filter(({ photo }) => wanted.has(photo));
}

/**
 * The photographs that are used: spread evenly over the list, which is in the order of the files and often sorted by class.
 * Places are taken in the order of their reversed bits, so that fewer are always among more.
 */
export function chosen({ set, most }: Pick<PhotographsState, 'set' | 'most'>): readonly number[] {
  const all = set?.labels.length ?? 0;
  const bits = Math.ceil(Math.log2(Math.max(2, all)));
  const photos: number[] = [];
  for (let nth = 0; nth < 2 ** bits && photos.length < Math.min(most, all); nth++) {
    let place = 0;
    for (let bit = 0; bit < bits; bit++) place += ((nth >> bit) & 1) * 2 ** (bits - 1 - bit);
    if (place < all) photos.push(place);
  }
  return photos.sort((a, b) => a - b);
}

class ReleasedError extends Error {
  override readonly name = 'Released';
}

class NoPhotographsError extends Error {
  override readonly name = 'NoPhotographsError';
  override readonly message = 'photographs: none are open';
}
