import { createStore, type StoreApi } from 'zustand/vanilla';
import type { GivenFile } from '../../core/data/given-file.ts';
import type { PhotoClass, PhotoSet, Thumbnail } from '../../core/data/photographs.ts';
import { PRETRAINED } from '../../core/data/pretrained.ts';
import type { BackendChoice } from '../../core/experiment/device.ts';
import { sentence } from '../../language/sentence.ts';
import type { InferenceApi } from '../../workers/inference/api.ts';
import type { WorkerEnd } from '../../workers/liveness.ts';
import type { Supervised, WorkerError } from '../../workers/supervisor.ts';
import { failurePhrase, type Handled, handledBy } from '../lab/handled.ts';
import { isWished, ReleasedError, stillWanted } from '../lab/wished.ts';
import { createNetTurns } from './net-turns.ts';
import { chosen, type GivenWeights, type PhotographsState } from './state.ts';

/** Photographs that one net after the other classifies. What fails is told in the state. */
export interface ManyPhotographs {
  readonly store: StoreApi<PhotographsState>;
  /**
   * Lists the photographs in files, in place of those that were given before; `classes` is null where the labels themselves
   * are the classes. It takes both as they are asked for: see `stillWanted`.
   */
  open(files: Promise<readonly GivenFile[]>, classes: Promise<readonly PhotoClass[] | null>): Handled;
  use(most: number): void;
  addWeights(files: readonly GivenFile[]): Handled;
  /** Forgets a net's file, so that its weights are again those that the browser keeps or can download. */
  removeWeights(net: string): void;
  /** Takes a net in, or leaves it out. */
  switchNet(net: string, on: boolean): void;
  /**
   * Has the nets of these names classify the photographs that they have not classified, one net after the other. What is
   * switched off or used meanwhile counts at once for the net whose turn it is and for those after it.
   */
  run(nets: readonly string[]): Handled;
  pause(): void;
  thumbnails(photos: readonly number[]): Promise<readonly Thumbnail[]>;
  /** Forgets photographs and answers and gives back all memory. */
  clear(): void;
}

/** How many photographs are used unless a person chooses. */
const USUAL_MOST = 1000;

const NOTHING = {
  ...{ listing: null, set: null, runs: new Map(), unread: new Map(), missed: new Map(), activity: null, failure: null },
  ...{ most: USUAL_MOST, unrecognised: [], passedOver: [] },
} as const;

export function createPhotographs(
  start: (onEnd: (end: WorkerEnd, error: WorkerError) => void) => Supervised<InferenceApi>,
  backend: () => BackendChoice,
  /** Whether the page shows a net's weights as kept by the browser, and not as what must be downloaded. */
  isKept: (net: string) => boolean,
  /** Called after weights were asked for that are no person's file, also where the download was paused or broke off. */
  onFetched: () => void,
): ManyPhotographs {
  const store = createStore<PhotographsState>(() => ({
    ...NOTHING,
    ...{ weights: new Map(), switched: new Map() },
  }));
  const { getState, setState } = store;
  let source: { readonly files: readonly GivenFile[]; readonly classes: readonly PhotoClass[] | null } | null = null;
  /** Whether the worker has the list; one that ended has lost it. */
  let isListed = false;
  let running = new AbortController();
  /** The nets that the run may download: those that were to be downloaded when a person began it, or switched them on. */
  const fetching = new Set<string>();
  const client = start((_, { sentence: said }) => {
    isListed = false;
    running.abort();
    setState({ listing: null, activity: null, failure: said });
  });

  const showFailure = (failure: unknown) => {
    if (!isWished(failure)) setState({ failure: failurePhrase(failure) });
  };
  const list = async (onProgress: (photos: number) => void) => {
    if (source === null) throw new NoPhotographsError();
    const { signal } = running;
    const set = await client.call('openPhotos', source, { signal, onProgress });
    isListed = true;
    return set;
  };
  /** For a worker that has lost the list. Files may be gone since, and then a photograph's place in the list is another's. */
  const listAgain = async () => {
    const { set: before } = getState();
    const tell = (photos: number) => setState({ activity: { type: 'listing', net: null, photos } });
    tell(0);
    const set = await list((photos) => getState().activity?.type === 'listing' && tell(photos));
    if (before !== null && isSameList(before, set)) return;
    setState({ set, runs: new Map(), unread: new Map(), failure: sentence('photographs.listedAgain') });
  };
  const turns = createNetTurns(client, store, {
    backend,
    mayFetch: (name) => fetching.has(name),
    onKept: (name) => fetching.delete(name),
    onFetched,
  });

  const stop = () => {
    running.abort();
    setState({ activity: null, listing: null });
  };
  const setWeights = (net: string, file: GivenWeights | null) => {
    // Answers of other weights are another net's, and so are those that it is giving.
    const { activity } = getState();
    if (activity?.net === net) stop();
    const [weights, switched, runs] = [
      new Map(getState().weights),
      new Map(getState().switched),
      new Map(getState().runs),
    ];
    for (const map of [weights, switched, runs]) map.delete(net);
    if (file !== null) {
      weights.set(net, file);
      switched.set(net, true);
    } else if (activity !== null && activity.net !== net) {
      // A run that goes on with another net would come to this one, and download it.
      switched.set(net, false);
    }
    setState({ weights, switched, runs });
  };
  const letGo = () => {
    client.end(new ReleasedError());
    source = null;
    isListed = false;
    setState(NOTHING);
  };
  const forget = () => {
    running.abort();
    letGo();
  };
  return {
    thumbnails: (photos) => (isListed ? client.call('thumbnails', { photos }) : Promise.resolve([])),
    ...handledBy<Omit<ManyPhotographs, 'thumbnails'>>(showFailure, {
      store,
      open: async (files, classes) => {
        // What was given before stays until something is there to take its place.
        running.abort();
        running = new AbortController();
        const { signal } = running;
        setState({ listing: 0, activity: null, failure: null });
        try {
          const found = await stillWanted(Promise.all([files, classes]), signal);
          if (found === null) return;
          const [given, known] = found;
          if (given.length === 0) return setState({ failure: sentence('photographs.noFiles') });
          letGo();
          setState({ listing: 0 });
          source = { files: given, classes: known };
          setState({ set: await list((listing) => getState().listing !== null && setState({ listing })) });
        } catch (error) {
          // Others may have been given meanwhile, or these are not wanted any more.
          if (!signal.aborted) throw error;
        } finally {
          if (running.signal === signal) setState({ listing: null });
        }
      },
      use: (most) => {
        const before = chosen(getState()).length;
        setState({ most });
        // Fewer are always among more, so as many are the same ones.
        if (chosen(getState()).length !== before) turns.reconsider();
      },
      addWeights: async (files) => {
        setState({ unrecognised: [], passedOver: [], failure: null });
        const taken = new Map<string, string>();
        for (const { path: name, blob } of files) {
          const net = await client.call('recogniseWeights', { file: blob, name }).catch((error: unknown) => {
            showFailure(error);
            return undefined;
          });
          // What cannot be read has been told, and may well be the weights of one of the nets.
          if (net === undefined) continue;
          if (net === null) {
            setState({ unrecognised: [...getState().unrecognised, name] });
            continue;
          }
          const before = taken.get(net);
          if (before !== undefined) setState({ passedOver: [...getState().passedOver, { file: before, net }] });
          taken.set(net, name);
          setWeights(net, { name, blob });
        }
      },
      // Weights that would have to be downloaded are taken in only where that is asked for.
      removeWeights: (net) => {
        setWeights(net, null);
        setState({ passedOver: getState().passedOver.filter((each) => each.net !== net) });
      },
      switchNet: (net, on) => {
        setState({ switched: new Map(getState().switched).set(net, on) });
        if (on && !isKept(net)) fetching.add(net);
        if (getState().activity?.net === net) turns.reconsider();
      },
      run: async (nets) => {
        running.abort();
        running = new AbortController();
        const { signal } = running;
        fetching.clear();
        for (const net of nets) if (!isKept(net)) fetching.add(net);
        setState({ listing: null, failure: null, missed: new Map() });
        try {
          if (!isListed) await listAgain();
          for (const { name } of PRETRAINED) if (nets.includes(name)) await turns.take(name, signal);
          await client.call('unload');
        } finally {
          if (running.signal === signal) setState({ activity: null });
        }
      },
      pause: stop,
      clear: forget,
    }),
  };
}

/** Whether both lists have the same photographs with the same labels at the same places. */
function isSameList(one: PhotoSet, other: PhotoSet): boolean {
  if (one.paths.length !== other.paths.length || one.classes.length !== other.classes.length) return false;
  return one.paths.every((path, at) => path === other.paths[at] && one.labels[at] === other.labels[at]);
}

class NoPhotographsError extends Error {
  override readonly name = 'NoPhotographsError';
  override readonly message = 'photographs: none are open';
}
