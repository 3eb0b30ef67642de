import { createStore, type StoreApi } from 'zustand/vanilla';
import {
  type BlockDamage,
  type Classification,
  type DamagedGuess,
  isKept,
  type KeptWeights,
  type LoadProgress,
  type LoadRequest,
  PRETRAINED,
  pretrainedOf,
} from '../../core/data/pretrained.ts';
import type { BackendChoice } from '../../core/experiment/device.ts';
import { firstChoice, type MapChoice } from '../../core/net/feature-maps.ts';
import { buildGraph } from '../../core/net/graph.ts';
import { IMAGENET } from '../../core/net/zoo.ts';
import type { PretrainedApi } from '../../workers/inference/api.ts';
import type { LibraryApi } from '../../workers/library/api.ts';
import type { WorkerEnd } from '../../workers/liveness.ts';
import type { Client } from '../../workers/rpc.ts';
import type { Supervised, WorkerError } from '../../workers/supervisor.ts';
import { failurePhrase, Handled, handledBy } from '../lab/handled.ts';
import { isWished, ReleasedError } from '../lab/wished.ts';
import type { NamedBlob, PretrainedState } from './state.ts';

/** The net that others trained: loaded, asked, damaged, released. What fails is told in the state. */
export interface PretrainedNet {
  readonly store: StoreApi<PretrainedState>;
  /** Which net is to be loaded. One that is loaded is released. */
  choose(net: string): void;
  load(file: NamedBlob): Handled;
  /** Loads it with the weights that the browser keeps of it; where it was told of none, with those of Hugging Face. */
  fetch(): Handled;
  /** Deletes what the browser keeps of a repository. */
  forget(repository: string): Handled;
  /** Asks the library which weights the browser keeps. */
  refreshKept(): Handled;
  /** Also before there is a net: it is asked as soon as it is loaded. */
  show(image: NamedBlob): Handled;
  /**
   * Asks about one image after the other, each as soon as the last is answered, until there is none, the net fails, or
   * another image is shown.
   */
  follow(next: () => Promise<NamedBlob | null>): Handled;
  damage(kind: BlockDamage): Handled;
  stop(): Handled;
  /** Which place in the net is looked at. */
  lookAt(choice: MapChoice): void;
  /** Measures what the net makes of the image there, unless that is known. */
  maps(): Handled;
  /** Measures what its blocks do to the image, unless that is known. */
  probe(): Handled;
  /** Gives back all memory that the net takes. */
  release(): void;
}

const NOTHING = {
  ...{ loading: null, loaded: null, unkept: null, recovered: false, failure: null },
  ...{ classification: null, classifying: false, live: false, damage: null, filters: null, maps: null, probe: null },
} as const;

/** Errors after which the net cannot be asked any more. */
const FATAL = ['DeviceLostError', 'DeviceError'];

export function createPretrained(
  start: (onEnd: (end: WorkerEnd, error: WorkerError) => void) => Supervised<PretrainedApi>,
  backend: () => BackendChoice,
  library: Client<LibraryApi>,
): PretrainedNet {
  const store = createStore<PretrainedState>(() => ({
    ...NOTHING,
    ...{ net: PRETRAINED[0].name, choice: beginning(PRETRAINED[0].name), kept: [], image: null },
  }));
  const { getState, setState } = store;
  const client = start((_, { sentence }) => setState({ ...NOTHING, failure: sentence }));
  const onLoading = (loading: LoadProgress) => {
    if (getState().loading !== null) setState({ loading });
  };

  const showFailure = (failure: unknown) => setState({ failure: failurePhrase(failure) });
  const tellKept = async (asked: Promise<readonly KeptWeights[]>) => {
    try {
      setState({ kept: await asked });
    } catch (error) {
      showFailure(error);
    }
  };
  /** What the net is loaded from, an object for each time; null after it is released. */
  let source: Pick<LoadRequest, 'name' | 'file' | 'fetches'> | null = null;
  let recovering = false;
  const release = () => {
    source = null;
    client.end(new ReleasedError());
    setState(NOTHING);
  };
  /** What comes of it; null where it fails, which is told in the state. */
  const toldOfLoading = async <T>(asked: Promise<T>): Promise<T | null> => {
    try {
      return await asked;
    } catch (error) {
      if (error instanceof Error && FATAL.includes(error.name)) release();
      if (!isWished(error)) showFailure(error);
      return null;
    }
  };
  /** Likewise, of a net that is loaded; where its device was lost, it is loaded again. */
  const told = <T>(asked: Promise<T>): Promise<T | null> =>
    toldOfLoading(
      asked.catch(async (error: unknown) => {
        const isLost = error instanceof Error && error.name === 'DeviceLostError';
        if (!isLost || source === null || recovering) throw error;
        await recover(source);
        return null;
      }),
    );
  const classify = async () => {
    const { image, loaded, live } = getState();
    if (image === null || loaded === null) return;
    // With a camera, the last answer stands until the next one.
    const classification = live ? getState().classification : null;
    setState({ classification, classifying: true, damage: null, failure: null, maps: null, probe: null });
    const said = await told(client.call('classify', { image: image.blob, name: image.name }));
    // Another image may have been shown meanwhile, or the net loaded again, and that answer is on its way or there.
    if (getState().image !== image || getState().loaded !== loaded) return;
    setState({ classifying: false, classification: said });
  };
  const load = async (own: NonNullable<typeof source>) => {
    const { net } = getState();
    const { name, file } = own;
    source = own;
    setState({ ...NOTHING, loading: { stage: file === null ? 'fetching' : 'reading', fraction: 0 } });
    const request = { net, ...own, backend: backend() };
    const loaded = await toldOfLoading(client.call('load', request, { onProgress: onLoading }));
    if (file === null) await tellKept(library.call('weights'));
    // Released, or another is loading meanwhile, whose progress is told.
    if (source !== own) return;
    if (loaded === null) return setState({ loading: null });
    const { device, unkept, filters, classes, names } = loaded;
    setState({ loading: null, loaded: { file: name, device, classes, names }, unkept, filters });
    await classify();
  };
  /** Loads it on another device. One that is lost then as well is left. */
  const recover = async (lost: NonNullable<typeof source>) => {
    recovering = true;
    // What was kept then and has been deleted since is not downloaded again.
    const fetches = lost.fetches && getState().unkept !== null;
    release();
    await load({ ...lost, fetches });
    recovering = false;
    if (getState().loaded !== null) setState({ recovered: true });
  };
  new Handled(tellKept(library.call('weights')), showFailure);
  let damaging = new AbortController();
  return handledBy<PretrainedNet>(showFailure, {
    store,
    ...createLook(store, client, told),
    choose: (net) => {
      release();
      setState({ net, choice: beginning(net) });
    },
    load: ({ name, blob }) => load({ name, file: blob, fetches: false }),
    fetch: () => {
      const { net, kept } = getState();
      const { repository } = pretrainedOf(net);
      return load({ name: repository ?? '', file: null, fetches: !isKept(kept, repository) });
    },
    forget: (repository) => tellKept(library.call('deleteWeights', { repository })),
    refreshKept: () => tellKept(library.call('weights')),
    show: (image) => {
      setState({ image, recovered: false });
      return classify();
    },
    follow: async (next) => {
      try {
        let { image: shown } = getState();
        for (let image = await next(); image !== null && getState().image === shown; image = await next()) {
          shown = image;
          setState({ image, live: true });
          await classify();
          const { loaded, failure } = getState();
          if (loaded === null || failure !== null) return;
        }
      } finally {
        setState({ live: false });
      }
    },
    damage: async (kind) => {
      setState({ damage: { kind, parts: [], running: true }, failure: null });
      damaging = new AbortController();
      const onProgress = (part: DamagedGuess) => {
        const { damage } = getState();
        if (damage?.running === true) setState({ damage: { ...damage, parts: [...damage.parts, part] } });
      };
      await told(client.call('damage', { kind }, { signal: damaging.signal, onProgress }));
      const { damage } = getState();
      if (damage?.kind === kind) setState({ damage: { ...damage, running: false } });
    },
    stop: async () => damaging.abort(),
    release,
  });
}

function beginning(net: string): MapChoice {
  return firstChoice(buildGraph(pretrainedOf(net).net, IMAGENET.size, IMAGENET.classes));
}

/** Looks into the net that others trained, at the image that it was asked about last. */
function createLook(
  { getState, setState }: StoreApi<PretrainedState>,
  client: Client<PretrainedApi>,
  told: <T>(asked: Promise<T>) => Promise<T | null>,
) {
  // What is asked for once: also what fails, until something else is looked at.
  let mapped: { readonly classification: Classification; readonly choice: MapChoice } | null = null;
  let probed: Classification | null = null;
  return {
    lookAt: (choice: MapChoice) => setState({ choice, maps: null }),
    maps: async () => {
      const { classification, choice } = getState();
      if (classification === null) return;
      if (mapped?.classification === classification && mapped.choice === choice) return;
      mapped = { classification, choice };
      const maps = await told(client.call('maps', { choice }));
      const now = getState();
      const isWanted = now.classification === classification && now.choice === choice;
      if (maps !== null && isWanted) setState({ maps });
    },
    probe: async () => {
      const { classification } = getState();
      if (classification === null || probed === classification) return;
      probed = classification;
      const probe = await told(client.call('probe'));
      if (probe !== null && getState().classification === classification) setState({ probe });
    },
  };
}
